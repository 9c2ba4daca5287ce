/**
 * Brings the queue to the server: entries first, photos second, in the order in which they were finished. Nothing here is
 * remembered that a killed page could lose; sending twice is harmless, forgetting without a receipt does not happen.
 */
import { call } from "./api.js";
import { base64 } from "./bytes.js";
import { Away, Problem } from "./errors.js";
import { changes as outboxChanges, onTheWay, say } from "./outbox-events.js";
import { markTried, setAside, takeAnswers } from "./receipts.js";
import { SENT, nextEntries, nextPhoto } from "./records.js";
import { openSealedDrafts } from "./sealed-drafts.js";
import { current, changes as sessionChanges, lapse, learnOffset, recallSession, refresh } from "./session.js";
import { resumeSignOut, tidyAfter } from "./sign-out.js";
import { transact } from "./store.js";
import { sendPhoto } from "./uploads.js";

// Few at once: where fifty phones come back into the net together, each has its first receipts within a second.
const BATCH = { count: 8, bytes: 500_000 };
const LEAST_BYTES = 30_000;
const LONGEST = 300_000; // ms between two tries
const EVERY = 60_000; // ms between two looks while the page is visible
const LOCK_PATIENCE = 120_000; // ms; a frozen tab may hold the lock for ever, and sending twice is harmless
const STUB_DAYS = 7;

/** "change" when `state()` is another. */
export const changes = new EventTarget();

let status = { phase: "idle", nextAt: null, failures: 0, lastSentAt: null };
let running = null;
let isWanted = false;
let isStarted = false;
let lockedOutSince = null;
let timer = 0;

/**
 * @returns {{phase: "idle"|"sending"|"away"|"signed_out"|"forbidden"|"elsewhere", nextAt: number|null, failures: number,
 *   lastSentAt: number|null}} nextAt: when it is tried again, ms; elsewhere: another tab sends
 */
export const state = () => status;

function set(fields) {
  status = { ...status, ...fields };
  changes.dispatchEvent(new Event("change"));
}

/** Begins: after each save, when the network or the page comes back, every minute while it is visible. */
export async function start() {
  if (isStarted) return;
  isStarted = true;
  await recallSession();
  await resumeSignOut().catch(report); // tried again at the next start; the queue does not wait for it
  sessionChanges.addEventListener("replaced", ({ detail }) => tidyAfter(detail).catch(report));
  outboxChanges.addEventListener("finished", ifDue);
  outboxChanges.addEventListener("retry", sendNow);
  addEventListener("online", sendNow);
  addEventListener("visibilitychange", () => { if (isVisible()) sendNow(); });
  navigator.serviceWorker?.addEventListener("message", ({ data }) => { if (data?.type === "send") sendNow(); });
  setInterval(() => { if (isVisible()) ifDue(); }, EVERY);
  sendNow();
}

const report = (error) => console.error(error);
const isVisible = () => globalThis.document?.visibilityState !== "hidden";

function ifDue() {
  if (status.nextAt === null || Date.now() >= status.nextAt) sendNow();
}

/** @returns {Promise<object>} the state after everything was tried that can be tried now; never throws */
export function sendNow() {
  isWanted = true;
  running ??= rounds().finally(() => { running = null; });
  return running;
}

async function rounds() {
  clearTimeout(timer);
  while (isWanted) {
    isWanted = false;
    await alone(round);
  }
  return status;
}

/** One sender among all tabs where the browser has Web Locks. */
async function alone(work) {
  const waited = lockedOutSince === null ? 0 : Date.now() - lockedOutSince;
  if (!navigator.locks || waited > LOCK_PATIENCE) return work();
  return navigator.locks.request("noren-sender", { ifAvailable: true }, async (held) => {
    lockedOutSince = held ? null : lockedOutSince ?? Date.now();
    return held ? work() : set({ phase: "elsewhere" });
  });
}

async function round() {
  try {
    const { online, signedIn, person } = await refresh();
    if (!online) throw new Away("no session");
    if (!signedIn) return set({ phase: "signed_out", nextAt: null });
    set({ phase: "sending", nextAt: null });
    await openSealedDrafts();
    await drain(person.id);
    await prune(person.id);
    set({ phase: "idle", nextAt: null, failures: 0 });
  } catch (error) {
    failed(error);
  }
}

function failed(error) {
  if (error instanceof Problem && error.status === 401) {
    lapse();
    return set({ phase: "signed_out", nextAt: null });
  }
  const isForbidden = error instanceof Problem && error.status === 403;
  const failures = isForbidden ? 9 : status.failures + 1;
  if (!(error instanceof Away || isForbidden)) report(error);
  const pause = Math.min(2 ** failures * 1000, LONGEST) * (0.5 + Math.random() / 2); // phones of one team do not come at once
  const wait = Math.max(pause, Math.min((error.retryAfter ?? 0) * 1000, LONGEST));
  timer = setTimeout(ifDue, wait + 5);
  askForSync();
  return set({ phase: isForbidden ? "forbidden" : "away", nextAt: Date.now() + wait, failures });
}

// A bonus where the browser has it: it wakes the service worker, which asks open pages to send.
function askForSync() {
  navigator.serviceWorker?.getRegistration?.("/field/").then((worker) => worker?.sync?.register("noren-send")).catch(() => {});
}

async function drain(who) {
  let after = 0; // a photo that needs a person is not met twice
  let moves = true; // entries without a receipt must not keep the photos of others
  for (;;) {
    if (moves) moves = await sendEntries(who);
    const photo = await nextPhoto(who, after);
    if (!photo && !moves) throw new Away("no receipt");
    if (!photo) return;
    after = photo.seq;
    await sendPhoto(photo);
    set({ lastSentAt: Date.now() });
    say();
  }
}

/** @returns {Promise<boolean>} false where an answer came that settled nothing */
async function sendEntries(who) {
  let { count } = BATCH;
  // Where a request did not come through, a smaller one may.
  const bytes = Math.max(BATCH.bytes / 2 ** status.failures, LEAST_BYTES);
  for (;;) {
    if (current().person?.id !== who) throw new Away("somebody else signed in");
    const batch = await markTried(await nextEntries(who, { count, bytes }));
    if (!batch.length) return true;
    const answer = await post(batch);
    if (answer.items) {
      if (!(await takeAnswers(batch, answer.items))) return false;
      set({ lastSentAt: Date.now(), failures: 0 });
      count = BATCH.count;
    } else if (batch.length > 1) {
      count = Math.ceil(batch.length / 2); // one of them cannot be read: find it
    } else {
      await setAside(batch[0], answer.message);
    }
    say();
  }
}

/** @returns {Promise<{items?: object[], message?: string}>} items, or the server's word for a batch it could not read */
async function post(batch) {
  for (const { seq } of batch) onTheWay.add(seq);
  say();
  try {
    return await read(batch);
  } finally {
    onTheWay.clear();
  }
}

async function read(batch) {
  const sentAt = Date.now();
  const started = performance.now();
  const items = batch.map(({ uuid, revision, sha256, sealed }) => ({ uuid, revision, sha256, sealed: base64(sealed) }));
  const json = { sent_at: new Date(sentAt).toISOString(), items };
  const answer = await call("POST", "/api/v1/visits/batch", { json });
  if (answer.status === 401 || answer.status === 403) throw new Problem(answer.status, answer.json);
  if ([400, 413, 422].includes(answer.status)) {
    return { message: answer.json?.detail || answer.json?.title || "" };
  }
  if (answer.status !== 200 || !Array.isArray(answer.json?.items)) {
    throw new Away(`batch ${answer.status}`, answer.status, answer.retryAfter);
  }
  await learnOffset(answer.json.server_time, sentAt, performance.now() - started);
  return { items: answer.json.items };
}

/** Stubs of what was sent go after a week. */
const prune = (who) =>
  transact(["entries"], "readwrite", async (tx) => {
    const until = Date.now() - STUB_DAYS * 86_400_000;
    let cursor = await tx.objectStore("entries").index("owner_state").openCursor([who, SENT]);
    for (; cursor && cursor.value.sentAt < until; cursor = await cursor.continue()) await cursor.delete();
  });
