/** Numbers, dates and distances as people read them. */
import { metresBetween } from "./places.js";
import { language, t } from "./words.js";

const DAY = 86_400_000;
const EXACT_M = 15; // a worse fix cannot tell 12 m from 20 m
const BANDS = [10, 25, 50, 100];

const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: "Asia/Tokyo" });
const longDay = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric", timeZone: "Asia/Tokyo" });
const weekday = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short", timeZone: "Asia/Tokyo" });
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayOfTokyo = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" });
const ago = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });

const list = new Intl.ListFormat(language, { type: "conjunction" });

/** @param {string[]} parts */
export const listText = (parts) => list.format(parts);

/** @returns {string} today in Tokyo, `2026-11-25` */
export const today = () => dayOfTokyo.format(new Date());

/** @param {string} on `2026-08-14` */
export const dateText = (on) => (on.slice(0, 4) === today().slice(0, 4) ? day : longDay).format(new Date(`${on}T12:00:00+09:00`));

/** @param {string} on */
export const dayText = (on) => weekday.format(new Date(`${on}T12:00:00+09:00`));

/** @param {Date|number|string} at */
export const timeText = (at) => clock.format(new Date(at));

/** @param {Date|number|string} at the day as well, where it is not today */
export function whenText(at) {
  const on = dayOfTokyo.format(new Date(at));
  return on === today() ? timeText(at) : `${dateText(on)} ${timeText(at)}`;
}

/** @param {string} on @returns {string} how long ago, in the largest fitting unit */
export function ageText(on) {
  const days = Math.round((Date.parse(today()) - Date.parse(on)) / DAY);
  if (days < 14) return ago.format(-days, "day");
  if (days < 60) return ago.format(-Math.round(days / 7), "week");
  return days < 700 ? ago.format(-Math.round(days / 30.4), "month") : ago.format(-Math.round(days / 365), "year");
}

/** @param {{lat_e7: number|null, lon_e7: number|null}|null} a @param {typeof a} b @returns {number|null} null where one is not known */
export const metresApart = (a, b) => (isPlace(a) && isPlace(b) ? metresBetween(a, b) : null);

/** @param {{lat_e7?: number|null}|null|undefined} place */
export const isPlace = (place) => Number.isInteger(place?.lat_e7);

/** @param {number|null} metres @param {number} [accuracy] of the fix @returns {string} "" where nobody knows */
export function distanceText(metres, accuracy = 0) {
  if (metres === null || metres === undefined) return "";
  if (metres >= 950) return t("kilometres", { n: (metres / 1000).toFixed(1) });
  if (metres >= 100) return t("metres", { n: Math.round(metres / 10) * 10 });
  if (accuracy <= EXACT_M) return t("metres", { n: Math.round(metres) });
  const upper = BANDS.find((band) => metres < band);
  const lower = BANDS[BANDS.indexOf(upper) - 1];
  return t("metres", { n: lower ? `${lower}–${upper}` : `< ${upper}` });
}

/** @param {number} bytes */
export function sizeText(bytes) {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.round(bytes / 1e3)} kB`;
}

/** @param {string} floor `B1F` below `1F` below `2F` @returns {number} */
export function floorOrder(floor) {
  const [, under, number] = floor.match(/^(B?)(\d+)/i) ?? [];
  if (!number) return floor ? 0.5 : 0;
  return under ? -Number(number) : Number(number);
}
