/**
 * Who works on this phone. The server says it; what it said last is remembered, because the form must work without signal.
 * `signedIn` false beside a `person` means: the session has run out, their key is still here, sending waits for them.
 */
import { call, renewTokenBy, setToken } from "./api.js";
import { Away } from "./errors.js";
import { keep, recall, transact } from "./store.js";
import { lock, openVault, unlock } from "./vault.js";

/** "change" after each look; "replaced" with `detail` = number of the person before, when somebody else signed in. */
export const changes = new EventTarget();

const NOBODY = { signedIn: false, person: null, mayLog: false, key: null, offsetMs: null, online: null, version: "" };
let state = { ...NOBODY };
let recalled = null;

/**
 * @returns {{signedIn: boolean, person: {id: number, name: string}|null, mayLog: boolean,
 *   key: {id: string, point: string}|null, offsetMs: number|null, online: boolean|null, version: string}}
 *   offsetMs: server minus phone; online: whether the last request came through, null before the first; version: of the
 *   server's shell
 */
export const current = () => state;

/** Brings back what was known before, from the phone alone. */
export function recallSession() {
  recalled ??= remembered();
  return recalled;
}

async function remembered() {
  const [kept, offset] = await Promise.all([recall("session"), recall("offset")]);
  const server = { key: kept?.key ?? null, offsetMs: offset ?? null };
  state = { ...state, ...server };
  if (!kept?.owner) return;
  try {
    const { name } = await unlock(kept.owner, kept.box);
    state = { ...state, person: { id: kept.owner, name }, mayLog: kept.mayLog };
  } catch {
    // signed out in another tab in this moment
  }
}

// One look after the other: an answer that was slow must not bring back who was signed in before.
let turn = Promise.resolve();
function inTurn(work) {
  const mine = turn.then(work);
  turn = mine.catch(() => {});
  return mine;
}

/** Asks the server; what was known stays where no answer comes. @returns {Promise<ReturnType<typeof current>>} */
export const refresh = () => inTurn(look);

async function look() {
  await recallSession();
  try {
    await take(await ask());
  } catch (error) {
    if (!(error instanceof Away)) throw error;
    state = { ...state, online: false };
  }
  changes.dispatchEvent(new Event("change"));
  return state;
}

async function ask() {
  const answer = await askOnce();
  if (!(await recall("leaving"))) return answer;
  setToken(answer.csrf ?? "");
  if (answer.signed_in) await endSession(answer.csrf);
  await keep("leaving", undefined);
  return askOnce();
}

// The page answers with a redirect, which is all there is to know.
async function endSession(csrf) {
  const headers = { "X-CSRFToken": csrf };
  try {
    const answer = await fetch("/accounts/logout/", { method: "POST", headers, redirect: "manual", cache: "no-store" });
    if (answer.type !== "opaqueredirect") throw new Away(`sign out ${answer.status}`, answer.status);
  } catch (error) {
    throw error instanceof Away ? error : new Away(String(error));
  }
}

async function askOnce() {
  const sentAt = Date.now();
  const started = performance.now();
  const { status, json } = await call("GET", "/api/v1/field/session");
  const took = performance.now() - started;
  if (status !== 200 || typeof json?.signed_in !== "boolean" || !json.server_time) {
    throw new Away(`session ${status}`, status);
  }
  return { ...json, offset: offsetOf(json.server_time, sentAt, took) };
}

/** @returns {number|null} server minus phone in ms; half of the way there and back is taken off */
function offsetOf(serverTime, sentAt, took) {
  const server = Date.parse(serverTime);
  return Number.isNaN(server) ? null : Math.round(server - (sentAt + took / 2));
}

/**
 * Keeps the offset an answer with `server_time` tells.
 * @param {string} serverTime
 * @param {number} sentAt by the clock of the phone
 * @param {number} took ms, by a clock that nobody sets
 */
export async function learnOffset(serverTime, sentAt, took) {
  const offset = offsetOf(serverTime, sentAt, took);
  if (offset === null) return;
  state = { ...state, offsetMs: offset };
  await keep("offset", offset);
}

async function take(answer) {
  setToken(answer.csrf ?? "");
  const before = state.person;
  state = {
    ...state, online: true, signedIn: answer.signed_in, key: answer.key ?? state.key, version: answer.version ?? "",
    offsetMs: answer.offset ?? state.offsetMs,
  };
  if (answer.person) {
    state = { ...state, person: answer.person, mayLog: Boolean(answer.may_log) };
    await openVault(answer.person.id);
  }
  await remember();
  if (before && answer.person && before.id !== answer.person.id) {
    changes.dispatchEvent(new CustomEvent("replaced", { detail: before.id }));
  }
}

async function remember() {
  // Their key is gone where they signed out in another tab.
  if (state.person && !(await peopleHere()).has(state.person.id)) state = { ...state, person: null, mayLog: false };
  const { person, key, mayLog, offsetMs } = state;
  const box = person ? await lock(person.id, { name: person.name }) : null;
  await keep("session", { owner: person?.id ?? null, box, mayLog, key });
  if (offsetMs !== null) await keep("offset", offsetMs);
}

/** An answer was 401: sending stops until the same person has signed in again. */
export function lapse() {
  state = { ...state, signedIn: false };
  changes.dispatchEvent(new Event("change"));
}

/**
 * After signing out nobody is remembered; the server's public key stays, it is nobody's secret. The session on the server
 * ends at once, or with the first request that comes through.
 */
export const leave = () => inTurn(forgetPerson);

async function forgetPerson() {
  const { key, offsetMs } = state;
  state = { ...NOBODY, key, offsetMs };
  setToken("");
  await keep("session", { owner: null, box: null, mayLog: false, key });
  await keep("leaving", { owner: 0 });
  await ask().catch((error) => { if (!(error instanceof Away)) throw error; });
  changes.dispatchEvent(new Event("change"));
}

renewTokenBy(refresh);

/** @returns {Promise<Set<number>>} the people whose key is on this phone */
export const peopleHere = async () =>
  new Set(await transact(["vault"], "readonly", (tx) => tx.objectStore("vault").getAllKeys()));
