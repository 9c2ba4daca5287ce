/** Where the phone is: one watch for all who ask, stopped while nobody looks. */
import { current } from "./session.js";
import { transact } from "./store.js";
import { lock, unlock } from "./vault.js";

const HOW = { enableHighAccuracy: true, maximumAge: 10_000, timeout: 30_000 };
const GOOD = 25; // metres; the shops have coordinates of their own, so a street canyon will do
const FAIR = 100;
const AREA = 1000; // an approximate location is kilometres wide; permission "granted" does not tell
const REMEMBER_EVERY = 60_000; // ms

const listeners = new Set();
let place = { lat_e7: null, lon_e7: null, accuracy_m: null, at: null, state: "waiting" };
let watching = null;
let rememberedAt = 0;

/**
 * @returns {{lat_e7: number|null, lon_e7: number|null, accuracy_m: number|null, at: number|null,
 *   state: "waiting"|"good"|"fair"|"poor"|"approximate"|"denied"|"unavailable"}} at: ms
 */
export const latest = () => place;

/** @returns {{lat_e7: number, lon_e7: number, accuracy_m: number}|null} what an entry holds */
export const fix = () => {
  const { lat_e7, lon_e7, accuracy_m } = place;
  return lat_e7 === null ? null : { lat_e7, lon_e7, accuracy_m };
};

const stateOf = (metres) =>
  metres <= GOOD ? "good" : metres <= FAIR ? "fair" : metres < AREA ? "poor" : "approximate";

function set(next) {
  place = next;
  for (const tell of listeners) tell(place);
}

function found({ coords, timestamp }) {
  const accuracy = Math.round(coords.accuracy);
  set({
    lat_e7: Math.round(coords.latitude * 1e7), lon_e7: Math.round(coords.longitude * 1e7), accuracy_m: accuracy,
    at: timestamp, state: stateOf(accuracy),
  });
  if (Date.now() - rememberedAt > REMEMBER_EVERY) remember().catch(() => {}); // a help for the next start, no more
}

function failed(error) {
  const denied = error.code === 1;
  // A time-out in a basement keeps the last place; the watch goes on by itself.
  if (denied || place.lat_e7 === null) set({ ...place, state: denied ? "denied" : "unavailable" });
}

function begin() {
  if (watching !== null) return;
  if (!navigator.geolocation) return set({ ...place, state: "unavailable" });
  watching = navigator.geolocation.watchPosition(found, failed, HOW);
}

function end() {
  if (watching === null) return;
  navigator.geolocation.clearWatch(watching);
  watching = null;
}

globalThis.document?.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") end();
  else if (listeners.size) begin();
});

/**
 * @param {(place: ReturnType<typeof latest>) => void} onChange told at once what is known, then at each change
 * @returns {() => void} stops it
 */
export function watch(onChange) {
  listeners.add(onChange);
  begin();
  onChange(place);
  return () => {
    listeners.delete(onChange);
    if (!listeners.size) end();
  };
}

async function remember() {
  const who = current().person?.id;
  if (!who) return;
  rememberedAt = Date.now();
  const box = await lock(who, fix() && { ...fix(), at: place.at });
  await transact(["plans"], "readwrite", (tx) => tx.objectStore("plans").put(box, `${who}/place`));
}

/** @returns {Promise<{lat_e7: number, lon_e7: number, accuracy_m: number, at: number}|null>} where the phone was last time */
export async function recallPlace() {
  const who = current().person?.id;
  const box = who && await transact(["plans"], "readonly", (tx) => tx.objectStore("plans").get(`${who}/place`));
  return box ? unlock(who, box) : null;
}
