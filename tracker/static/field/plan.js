/**
 * The shops of the day, encrypted on the phone. It holds no earlier answers, only digests to compare new answers with.
 * What was logged here since it was fetched lies over it, so that a shop just visited is not due any more.
 */
import { call } from "./api.js";
import { sha256, utf8 } from "./bytes.js";
import { Away, Problem } from "./errors.js";
import { NEAR_METRES, SURE_LIKENESS, fold, likeness } from "./names.js";
import { changes as outboxChanges, dayOf } from "./outbox-events.js";
import { metresBetween } from "./places.js";
import { current } from "./session.js";
import { transact } from "./store.js";
import { lock, unlock } from "./vault.js";

/** "change" where another plan was fetched or a visit was laid over it. */
export const changes = new EventTarget();

const SOON = 50; // metres within which due shops come first
const DIGITS = 8;
const MOST = 50;

let loaded = null; // {who, plan, shops: Map, gone: Map, visits: {uuid: {at, row}}}

const recallBox = async (who, what) => {
  const box = await transact(["plans"], "readonly", (tx) => tx.objectStore("plans").get(`${who}/${what}`));
  return box ? unlock(who, box) : null;
};

async function keepBox(who, what, value) {
  const box = await lock(who, value);
  await transact(["plans"], "readwrite", (tx) => tx.objectStore("plans").put(box, `${who}/${what}`));
}

async function load() {
  const who = current().person?.id;
  if (!who) return null;
  if (loaded?.who !== who) {
    const [plan, visits] = [await recallBox(who, "plan"), await recallBox(who, "visits")];
    if (loaded?.who !== who) loaded = dayFrom(who, plan, visits ?? {}); // who was quicker may have fetched a newer one
  }
  return loaded;
}

const dayFrom = (who, plan, visits) => ({ who, plan, visits, shops: shopsOf(plan?.rows, plan), gone: shopsOf(plan?.gone, plan) });

function shopsOf(rows, plan) {
  const shops = new Map();
  for (const row of rows ?? []) {
    const shop = Object.fromEntries(plan.columns.map((name, at) => [name, row[at]]));
    shops.set(shop.uuid, shop);
  }
  return shops;
}

/** A shop as the lists show it: what was logged here since counts, its digests do not leave this module. */
function seen(shop, visit) {
  const { checks, find: _find, ...open } = { ...shop, ...visit?.row };
  if (!visit) return { ...open, loggedHere: false };
  return { ...open, due: "not_due", last_on: dayOf(visit.at), photo: 0, loggedHere: true };
}

function allSeen({ shops, visits }) {
  const added = Object.entries(visits).filter(([uuid, visit]) => visit.row && !shops.has(uuid));
  return [...shops.values(), ...added.map(([, visit]) => visit.row)].map((shop) => seen(shop, visits[shop.uuid]));
}

/**
 * @returns {Promise<{made_at: string, period: string, chains: [string, string][], photo_days: number, due_days: number,
 *   shops: number}|null>} null before the first was fetched
 */
export async function plan() {
  const day = await load();
  if (!day?.plan) return null;
  const { rows, gone: _gone, columns, salt, ...about } = day.plan;
  return { ...about, shops: day.shops.size };
}

/** @param {{lat?: number, lon?: number, area?: string}} where degrees, or the code of an area */
export async function fetchPlan(where) {
  const { status, json } = await call("GET", `/api/v1/field/plan?${new URLSearchParams(where)}`);
  if (status >= 400) throw new Problem(status, json);
  if (!Array.isArray(json?.rows) || !Array.isArray(json.columns)) throw new Away("plan", status);
  const before = await load();
  if (!before) return;
  const { who } = before;
  const since = Date.parse(json.made_at) - 86_400_000; // what was sent may not be judged yet: it hides its shop for a day
  const visits = Object.fromEntries(Object.entries(before.visits).filter(([, visit]) => visit.at > since));
  await keepBox(who, "plan", json);
  await keepBox(who, "visits", visits);
  loaded = dayFrom(who, json, visits);
  changes.dispatchEvent(new Event("change"));
}

const TABS = {
  due: (shop) => shop.due !== "not_due",
  all: () => true,
  new: (shop) => shop.due === "never",
};

/**
 * @param {{lat_e7: number, lon_e7: number}|null} position
 * @param {"due"|"all"|"new"} [tab]
 * @param {number} [limit]
 * @returns {Promise<object[]>} shops with `metres` (null without a position): due ones within 50 m first, then by distance
 */
export async function near(position, tab = "due", limit = MOST) {
  const day = await load();
  if (!day) return [];
  const shops = allSeen(day).filter(TABS[tab]);
  if (!position) return shops.slice(0, limit).map((shop) => ({ ...shop, metres: null }));
  for (const shop of shops) shop.metres = metresBetween(position, shop);
  const isSoon = (shop) => shop.metres <= SOON && shop.due !== "not_due";
  shops.sort((one, other) => isSoon(other) - isSoon(one) || one.metres - other.metres);
  return shops.slice(0, limit);
}

/** @param {string} text part of a name or an address, in any width or kana @returns {Promise<object[]>} */
export async function find(text) {
  const day = await load();
  const folded = fold(text);
  if (!day || !folded) return [];
  const hits = (shop) => (day.shops.get(shop.uuid)?.find ?? fold(shop.name)).includes(folded);
  return allSeen(day).filter(hits).slice(0, MOST);
}

/** @param {string} uuid @returns {Promise<object|null>} */
export async function shop(uuid) {
  const day = await load();
  const known = day?.shops.get(uuid) ?? day?.gone.get(uuid) ?? day?.visits[uuid]?.row;
  return known ? seen(known, day.visits[uuid]) : null;
}

/**
 * Shops that may be the one about to be added.
 * @param {string} name "" while nothing was typed: then the nearest
 * @param {{lat_e7: number, lon_e7: number}|null} position
 * @param {string} [floor] of the new shop; the same floor comes first
 * @returns {Promise<object[]>} up to three, with `metres`
 */
export async function duplicates(name, position, floor = "") {
  if (!position) return [];
  const folded = fold(name);
  const all = [...await near(position, "all", Infinity), ...folded ? await gone(position) : []];
  const close = all.filter((shop) => shop.metres <= NEAR_METRES);
  const scored = close.map((shop) => ({ shop, like: folded ? likeness(folded, fold(shop.name)) : 1 }));
  const isHere = ({ shop }) => Boolean(floor) && shop.floor === floor;
  return scored
    .filter(({ like }) => like >= SURE_LIKENESS)
    .sort((one, other) => isHere(other) - isHere(one) || other.like - one.like || one.shop.metres - other.shop.metres)
    .slice(0, 3)
    .map(({ shop }) => shop);
}

// Closed for good or replaced: nobody is sent there, but who stands before one that is open shall not add it anew.
async function gone(position) {
  const day = await load();
  return [...day?.gone.values() ?? []].map((shop) => ({ ...seen(shop, day.visits[shop.uuid]), metres: metresBetween(position, shop) }));
}

/**
 * Which answers are not those of last time. Ask only after all were given.
 * @param {string} uuid of the shop
 * @param {Record<string, string>} answers
 * @param {string[]} traits in the order of the survey, which is that of the digests; a plan of before a trait has none for it
 * @returns {Promise<string[]>} traits; those without an earlier answer, or unsure now, never differ
 */
export async function differs(uuid, answers, traits) {
  const day = await load();
  const checks = (day?.shops.get(uuid)?.checks ?? "").split(",");
  const found = [];
  for (const [at, trait] of traits.entries()) {
    if (!checks[at] || !["yes", "no"].includes(answers[trait])) continue;
    const digest = await sha256(utf8(`${day.plan.salt}|${uuid}|${trait}|${answers[trait]}`));
    if (digest.slice(0, DIGITS) !== checks[at]) found.push(trait);
  }
  return found;
}

async function lay({ shop: uuid, entry }) {
  const day = await load();
  if (!day) return;
  const row = entry.new_shop && { due: "never", building: 0, photo: 0, place: entry.new_shop.address, ...entry.new_shop, uuid };
  day.visits[uuid] = { at: Date.now(), row };
  await keepBox(day.who, "visits", day.visits);
  changes.dispatchEvent(new Event("change"));
}

async function lift({ shop: uuid }) {
  const day = await load();
  if (!day?.visits[uuid]) return;
  delete day.visits[uuid];
  await keepBox(day.who, "visits", day.visits);
  changes.dispatchEvent(new Event("change"));
}

// A list that is a visit behind is no loss: a page that is being closed must not fail for it.
const quietly = (work) => ({ detail }) => work(detail).catch((error) => console.warn(error));
outboxChanges.addEventListener("finished", quietly(lay));
for (const kind of ["taken-back", "withdrawn"]) outboxChanges.addEventListener(kind, quietly(lift));
