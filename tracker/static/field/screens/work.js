/** Own work: what came back, the last days, how good it is. For nobody else. */
import { call } from "../api.js";
import { bits, busy, clone, make, part, say } from "../dom.js";
import { draftOf, saveDraft } from "../drafts.js";
import { dayText, today, whenText } from "../format.js";
import { current } from "../session.js";
import { t } from "../words.js";
import { draftOfReturned, isBegun } from "./draft.js";
import { showGiven } from "./outbox.js";
import { why } from "./why.js";
import { askToWithdraw } from "./withdraw.js";

let last = null; // of this page only: it is somebody's work

/** @param {HTMLElement} root */
export async function show(root) {
  if (last?.owner === current().person?.id) paint(root, last.work);
  else say(part(root, "state"), t("work.loading"));
  load(root);
  return () => {};
}

async function load(root) {
  const state = part(root, "state");
  try {
    const { status, json } = await call("GET", "/api/v1/field/work");
    if (status === 401) return say(state, t("work.signed_out"));
    if (status !== 200) return say(state, json.detail ?? json.title);
    last = { owner: current().person?.id, work: json };
    paint(root, json);
  } catch (error) {
    say(state, error.code === "away" ? t("work.offline") : why(error));
  }
}

function paint(root, { returned, days, quality }) {
  say(part(root, "state"), returned.length ? "" : t("work.none_back"));
  part(root, "returned").hidden = !returned.length;
  part(root, "returned-list").replaceChildren(...returned.map((item) => returnedRow(item, () => load(root))));
  part(root, "days-body").replaceChildren(...days.map(({ on, entries }) => make("tr", {},
    make("th", { scope: "row", textContent: on === today() ? t("work.today") : dayText(on) }),
    make("td", { textContent: entries }))));
  part(root, "quality").hidden = !quality.length;
  part(root, "figures").replaceChildren(...quality.flatMap(figure));
}

function returnedRow(item, again) {
  const row = clone("entry-row").firstElementChild;
  const name = part(row, "name");
  name.lang = "ja";
  name.textContent = item.shop.name || t("no_name");
  const when = t("work.seen", { when: whenText(item.observed_at) });
  part(row, "facts").replaceChildren(...bits([item.shop.floor, when]));
  showGiven(part(row, "given"), item);
  const reasons = make("ul", { className: "reasons" }, ...item.reasons.map((reason) => make("li", { textContent: reason })));
  if (item.reason_note) reasons.append(make("li", { textContent: item.reason_note }));
  part(row, "given").after(reasons, ...pictures(item));
  const mend = make("button", { type: "button", className: "primary", textContent: t("work.mend") });
  mend.addEventListener("click", () => busy(mend, () => startMending(item)));
  const withdraw = make("button", { type: "button", textContent: t("act.withdraw") });
  withdraw.addEventListener("click", () => askToWithdraw({ uuid: item.uuid, name: name.textContent, when }, again));
  part(row, "acts").append(mend, withdraw);
  return row;
}

// A draft of the same shop that was begun before comes first: it is not written over.
async function startMending(item) {
  const begun = await draftOf(item.shop.uuid);
  if (!begun || (!isBegun(begun) && !begun.mending)) {
    await saveDraft(item.shop.uuid, draftOfReturned(item));
  }
  location.hash = `#/visit/${item.shop.uuid}`;
}

function pictures(item) {
  if (!item.photos.length) return [];
  const list = make("ul", { className: "tiles" }, ...item.photos.map((uuid) =>
    make("li", {}, make("img", { src: `/field/photos/${uuid}/small`, alt: t("work.photo"), loading: "lazy" }))));
  return [list];
}

function figure({ label, help, words }) {
  const parts = [make("dt", { textContent: label }), make("dd", { textContent: words })];
  if (help) parts.push(make("dd", { className: "facts", textContent: help }));
  return parts;
}
