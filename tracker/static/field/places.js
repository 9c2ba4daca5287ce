/** Distances, as the server reckons them. */

const EARTH_METRES = 6_371_008.8; // mean radius, IUGG
const radians = (e7) => (e7 / 1e7) * (Math.PI / 180);

/**
 * @param {{lat_e7: number, lon_e7: number}} one
 * @param {{lat_e7: number, lon_e7: number}} other
 * @returns {number} metres along the ground
 */
export function metresBetween(one, other) {
  const [lat, otherLat] = [radians(one.lat_e7), radians(other.lat_e7)];
  const halfLat = (otherLat - lat) / 2;
  const halfLon = radians(other.lon_e7 - one.lon_e7) / 2;
  const chord = Math.sin(halfLat) ** 2 + Math.cos(lat) * Math.cos(otherLat) * Math.sin(halfLon) ** 2;
  return 2 * EARTH_METRES * Math.asin(Math.sqrt(chord));
}
