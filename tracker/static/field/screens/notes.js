/** What stands above the list: who must sign in, what is missing, how good the position is. */
import { clone, make, part } from "../dom.js";
import { isPlace, timeText } from "../format.js";
import { latest } from "../position.js";
import { current } from "../session.js";
import { t } from "../words.js";
import { loadPlan } from "./load-plan.js";

const POOR_M = 50;
const STALE_MS = 120_000;
const CLOCK_MS = 300_000; // a clock that is off by more is worth a word; the server reckons with it either way

/**
 * @param {{hasPlan: boolean, waiting: number, from: object|null, again: () => Promise<void>}} now from: where the order
 *   of the list was made; again: after other shops were loaded
 * @returns {HTMLElement[]}
 */
export function notesFor({ hasPlan, waiting, from, again }) {
  const { signedIn, person, online, offsetMs } = current();
  const cards = [];
  if (!signedIn && (online || !person)) cards.push(signInCard(person, waiting));
  if (!hasPlan && person) cards.push(withLoading("no-plan", again));
  if (hasPlan) cards.push(...positionNotes(from, again));
  const minutes = Math.round(Math.abs(offsetMs ?? 0) / 60_000);
  if (Math.abs(offsetMs ?? 0) > CLOCK_MS) cards.push(line(t("clock", { n: minutes })));
  return cards;
}

const line = (text) => make("p", { className: "notice", textContent: text });

function withLoading(template, again) {
  const card = clone(template).firstElementChild;
  loadPlan(card, again);
  return card;
}

function signInCard(person, waiting) {
  const card = clone("sign-in-again").firstElementChild;
  part(card, "sentence").textContent = person && waiting ? t("sign_in.send", { n: waiting }) : t("sign_in.first");
  return card;
}

function positionNotes(from, again) {
  const position = latest();
  if (position.state === "denied" || position.state === "unavailable") return [withLoading("gps-denied", again)];
  const text = positionText(position, from);
  return text ? [line(text)] : [];
}

function positionText(position, from) {
  if (!isPlace(position)) return from ? t("gps.from", { time: timeText(from.at) }) : t("gps.first");
  if (Date.now() - position.at > STALE_MS) return t("gps.from", { time: timeText(position.at) });
  const n = Math.round(position.accuracy_m);
  if (position.state === "approximate") return t("gps.area", { n });
  return n > POOR_M ? t("gps.poor", { n }) : "";
}
