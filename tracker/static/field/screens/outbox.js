/** What was saved on this phone and where it is now. */
import { bits, busy, clone, make, part, say } from "../dom.js";
import { dropDraft, draftOf, drafts } from "../drafts.js";
import { listText, sizeText, timeText, whenText } from "../format.js";
import { changes, counts, discard, exportFile, retry, rows, takeBack } from "../outbox.js";
import { changes as senderChanges, sendNow, state as sending } from "../sender.js";
import { askToPersist, usage } from "../store.js";
import { current } from "../session.js";
import { t } from "../words.js";
import { addressOf } from "./draft.js";
import { why } from "./why.js";
import { askToWithdraw } from "./withdraw.js";

const MOST = 50;
const FULL = 0.8;

/** @param {HTMLElement} root */
export async function show(root) {
  let pending = false;
  async function paint() {
    if (pending) return;
    pending = true;
    await Promise.resolve();
    pending = false;
    await Promise.all([paintState(root), paintLists(root, tell), paintRoom(root)]);
  }
  const tell = (text) => say(part(root, "state"), text);
  const send = part(root, "send");
  const file = part(root, "export");
  send.addEventListener("click", () => busy(send, async () => { await sendNow(); await paint(); }));
  file.addEventListener("click", () => busy(file, async () => {
    try {
      await handOver(await exportFile());
      tell(t("outbox.exported"));
    } catch (error) {
      tell(why(error));
    }
  }));
  const persist = part(root, "persist");
  persist.addEventListener("click", () => busy(persist, async () => { await askToPersist(); await paintRoom(root); }));
  changes.addEventListener("change", paint);
  senderChanges.addEventListener("change", paint);
  await paint();
  return () => {
    changes.removeEventListener("change", paint);
    senderChanges.removeEventListener("change", paint);
  };
}

/** @param {File} file to another app where the phone can, else among the downloads */
async function handOver(file) {
  if (navigator.canShare?.({ files: [file] })) return navigator.share({ files: [file] });
  const address = URL.createObjectURL(file);
  make("a", { href: address, download: file.name }).click();
  return setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

let most = 0; // that waited since sending began: what progress is measured against

async function paintState(root) {
  const { waiting, needsYou } = await counts();
  const { phase, nextAt } = sending();
  const isSending = phase === "sending" && waiting > 0;
  most = isSending ? Math.max(most, waiting) : 0;
  const done = most - waiting;
  const { signedIn, online } = current();
  const parts = [];
  if (isSending) parts.push(t("outbox.sending", { done, all: most }));
  else if (waiting) parts.push(t("outbox.waiting", { n: waiting }));
  if (needsYou) parts.push(t("needs_you", { n: needsYou }));
  if (!parts.length) parts.push(t("outbox.idle"));
  if (phase === "forbidden") parts.push(t("outbox.forbidden"));
  else if (phase === "elsewhere") parts.push(t("outbox.elsewhere"));
  if (waiting && !signedIn) parts.push(t(online ? "outbox.signed_out" : "outbox.offline"));
  else if (waiting && online === false) parts.push(t("outbox.offline"));
  if (waiting && nextAt) parts.push(t("outbox.next", { time: timeText(nextAt) }));
  say(part(root, "state"), parts.join(" "));
  const progress = part(root, "progress");
  progress.hidden = !isSending;
  if (isSending) Object.assign(progress, { max: most, value: done });
  part(root, "export").hidden = part(root, "export-help").hidden = !waiting && !needsYou;
  part(root, "send").hidden = !waiting;
}

async function paintLists(root, tell) {
  const all = await rows({ limit: MOST });
  const parts = { needs_you: [], waiting: [], sending: [], sent: [], drafts: await unfinished() };
  for (const row of all) parts[listOf(row)].push({ ...row, isNewest: isNewest(row, all) });
  for (const section of root.querySelectorAll("[data-list]")) {
    const name = section.dataset.list;
    section.hidden = !parts[name].length;
    section.querySelector("ul").replaceChildren(...parts[name].map((row) => entryRow(row, name, tell)));
  }
  part(root, "empty").hidden = Object.values(parts).some((list) => list.length);
}

/** An older revision is history: what may still be done is done to the newest. */
const isNewest = ({ uuid, revision }, all) => !all.some((one) => one.uuid === uuid && one.revision > revision);

function listOf(row) {
  if (row.isSending) return "sending";
  return row.state === "photos" ? "waiting" : row.state;
}

async function unfinished() {
  const open = [];
  for (const { shop, at } of await drafts()) {
    const draft = await draftOf(shop);
    if (draft) open.push({ at, entry: draft, about: draft.about ?? draft.new_shop, photos: draft.photos.length, draft: shop });
  }
  return open;
}

function entryRow(row, list, tell) {
  const item = clone("entry-row").firstElementChild;
  const name = part(item, "name");
  if (row.about) {
    name.lang = "ja";
    name.textContent = row.about.name || t("no_name");
  } else name.textContent = t("outbox.sealed", { time: whenText(row.at) });
  const when = whenOf(row, list);
  const facts = [row.about?.floor, row.about && when, row.photos && list !== "drafts" ? t("outbox.photos", { n: row.photos }) : ""];
  part(item, "facts").replaceChildren(...bits(facts));
  if (row.entry) showGiven(part(item, "given"), row.entry);
  if (row.error) say(part(item, "error"), row.error.message || why(row.error));
  part(item, "acts").append(...actsOf(row, list).map(([label, act]) => actButton(label, act, tell)));
  return item;
}

function whenOf(row, list) {
  if (row.withdrawnAt) return t("outbox.withdrawn", { time: whenText(row.withdrawnAt) });
  return list === "sent" && row.sentAt ? t("outbox.sent", { time: whenText(row.sentAt) }) : whenText(row.at);
}

/** What the worker answered. @param {HTMLElement} node @param {{outcome: string, answers: Record<string, string>, routes?: string[]}} entry */
export function showGiven(node, { outcome, answers, routes = [] }) {
  const parts = outcome !== "answered" ? [t(`outcome.${outcome}`)] : Object.entries(answers).map(([trait, answer]) =>
    t("visit.differs_one", { trait: t(`trait.${trait}`), answer: t(`answer.${answer}`) }));
  if (routes.length) parts.push(t("visit.at_till", { routes: listText(routes.map((route) => t(`route.${route}`))) }));
  node.replaceChildren(...bits(parts));
  node.hidden = !parts.length;
}

function actsOf(row, list) {
  if (list === "drafts") {
    return [[t("act.open"), () => { location.hash = addressOf(row.entry); }], [t("act.discard"), () => dropDraft(row.draft)]];
  }
  if (list === "sending") return [];
  const edit = [t("act.edit"), async () => { location.hash = addressOf((await takeBack(row.uuid)).draft); }];
  if (list === "needs_you") {
    const acts = [[t("act.retry"), () => retry(row.uuid)], edit];
    return [...acts, [t("act.discard"), () => discard(row.uuid)]];
  }
  if (list === "sent") return row.withdrawnAt || !row.isNewest ? [] : [...(row.entry ? [edit] : []), [t("act.withdraw"), () => ask(row)]];
  return row.entry ? [edit, [t("act.undo"), () => takeBack(row.uuid)]] : [];
}

async function ask({ uuid, about, at }) {
  askToWithdraw({ uuid, name: about ? about.name || t("no_name") : "", when: whenText(at) });
}

function actButton(label, act, tell) {
  const button = make("button", { type: "button", textContent: label });
  button.addEventListener("click", () => busy(button, async () => {
    try {
      await act();
    } catch (error) {
      tell(why(error));
    }
  }));
  return button;
}

async function paintRoom(root) {
  const { used, quota, persisted } = await usage();
  const full = quota && used / quota > FULL ? ` ${t("outbox.full")}` : "";
  part(root, "room").textContent = t("outbox.room", { used: sizeText(used), free: sizeText(Math.max(0, quota - used)) }) + full;
  part(root, "persisted").textContent = t(persisted ? "outbox.persisted" : "outbox.not_persisted");
  part(root, "persist").hidden = persisted;
}
