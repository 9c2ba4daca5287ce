/** What visit and new shop share: the answers, how one knows, a photo, and the rest in a sheet. */
import { announce, focus, part, say } from "../dom.js";
import { t } from "../words.js";
import { openMore, openNoPhoto } from "./more-sheet.js";
import { photoRow } from "./photo-row.js";

const NOTHING = "nothing_seen";
const BOUNCE_MS = 500; // a second tap this soon is a slip of the finger, not "clear it"

/**
 * @param {HTMLFormElement} form
 * @param {object} draft changed in place
 * @param {{photoAsked: boolean, changed: (what: string) => void, warn: (text: string) => void}} how
 */
export function entryForm(form, draft, { photoAsked, changed, warn }) {
  const rows = [...form.querySelectorAll("fieldset[data-trait]")];
  const traits = rows.map((row) => row.dataset.trait);
  const till = part(form, "till");
  const labelOf = (trait) => t(`trait.${trait}`);
  let set = { at: 0 };

  function paint() {
    for (const input of form.querySelectorAll("fieldset[data-trait] input")) {
      input.checked = draft.answers[input.name] === input.value;
    }
    for (const input of till.querySelectorAll("input")) input.checked = draft.routes.includes(input.value);
    for (const input of part(form, "evidence").querySelectorAll("input")) input.checked = draft.evidence === input.value;
    const isAnswered = draft.outcome === "answered";
    part(form, "questions").hidden = part(form, "evidence").hidden = !isAnswered;
    part(form, "outcome").hidden = isAnswered;
    part(form, "outcome-label").textContent = t(`outcome.${draft.outcome}`);
    say(part(form, "note-line"), draft.note.trim() ? t("visit.note", { note: draft.note.trim() }) : "");
    photos.paint();
  }

  function update(what) {
    for (const wrong of form.querySelectorAll(".wrong")) wrong.classList.remove("wrong");
    paint();
    changed(what);
  }

  function take(input) {
    const kind = input.name === "evidence" ? "evidence" : "answer";
    if (kind === "evidence") draft.evidence = input.value;
    else draft.answers[input.name] = input.value;
    set = { input, at: performance.now() };
    update(kind);
  }

  // A tap on the chosen answer clears it; at the time of the click the draft still holds what was chosen before.
  function onClick(event) {
    const input = event.target;
    if (input.type !== "radio") return;
    const isEvidence = input.name === "evidence";
    if (!isEvidence && !traits.includes(input.name)) return;
    if ((isEvidence ? draft.evidence : draft.answers[input.name]) !== input.value) return;
    if (set.input === input && performance.now() - set.at < BOUNCE_MS) return;
    if (isEvidence) draft.evidence = "";
    else delete draft.answers[input.name];
    input.checked = false;
    if (!isEvidence) announce(t("visit.cleared", { trait: labelOf(input.name) }));
    update(isEvidence ? "evidence" : "answer");
  }

  // "None of these" stands alone: whichever is chosen last takes the other away.
  function takeRoute({ value, checked }) {
    const others = draft.routes.filter((route) => route !== value && (route === NOTHING) === (value === NOTHING));
    draft.routes = checked ? [...others, value] : others;
    update("routes");
  }

  function onChange(event) {
    const input = event.target;
    if (input.name === "routes") return takeRoute(input);
    if (input.type === "radio" && (input.name === "evidence" || traits.includes(input.name))) take(input);
  }

  const photos = photoRow(form, draft, { asked: () => photoAsked && draft.outcome === "answered", update, warn });
  form.addEventListener("click", onClick);
  form.addEventListener("change", onChange);
  part(form, "more").addEventListener("click", () => openMore(draft, { update, addPhoto: photos.add }));
  part(form, "no-photo").addEventListener("click", () => openNoPhoto(draft, { update }));
  part(form, "outcome-clear").addEventListener("click", () => {
    draft.outcome = "answered";
    update("outcome");
    rows[0].querySelector("input").focus({ preventScroll: true });
  });
  paint();

  return {
    traits,
    paint,
    leave: photos.leave,
    isComplete: () => draft.outcome === "answered" && traits.every((trait) => draft.answers[trait]),
    /** @returns {{text: string, mark: HTMLElement, focus: HTMLElement}|null} the first thing that is missing */
    missing() {
      if (draft.outcome === "answered") {
        const row = rows.find((one) => !draft.answers[one.dataset.trait]);
        if (row) return { text: t("visit.missing", { trait: labelOf(row.dataset.trait) }), mark: row, focus: row.querySelector("input") };
        // Who mends an entry of before it was asked does not stand at that till any more.
        if (!draft.routes.length && !draft.seen) return { text: t("visit.missing_till"), mark: till, focus: till.querySelector("input") };
      }
      return photos.missing();
    },
  };
}

/** Shows what is missing and goes there. @param {HTMLElement} node of the message @param {object|null} problem */
export function showProblem(node, problem) {
  say(node, problem?.text ?? "");
  problem?.mark?.classList.add("wrong");
  if (problem?.focus) focus(problem.focus);
}
