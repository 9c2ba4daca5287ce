/** Everything that is rare: no answer possible, a note, a photo from the gallery, answers cleared. */
import { openSheet, part } from "../dom.js";

/**
 * @param {object} draft
 * @param {{update: (what: string) => void, addPhoto: (file: File) => Promise<void>}} how
 */
export function openMore(draft, { update, addPhoto }) {
  const sheet = openSheet("more-sheet");
  const note = part(sheet, "note");
  note.value = draft.note;
  for (const button of sheet.querySelectorAll("[data-outcome]")) {
    button.setAttribute("aria-pressed", String(button.dataset.outcome === draft.outcome));
    button.addEventListener("click", () => {
      // One tap chooses and closes: the next one is Save.
      draft.outcome = draft.outcome === button.dataset.outcome ? "answered" : button.dataset.outcome;
      sheet.close();
      update("outcome");
    });
  }
  note.addEventListener("input", () => {
    draft.note = note.value;
    update("note");
  });
  for (const button of sheet.querySelectorAll("[data-note]")) {
    button.addEventListener("click", () => {
      note.value = [note.value.trim(), `${button.dataset.note} `].filter(Boolean).join("\n");
      draft.note = note.value;
      note.focus();
      update("note");
    });
  }
  const gallery = part(sheet, "gallery");
  gallery.addEventListener("change", async () => {
    const [file] = gallery.files;
    sheet.close();
    await addPhoto(file);
  });
  part(sheet, "clear").addEventListener("click", () => {
    draft.answers = {};
    draft.routes = [];
    draft.outcome = "answered";
    sheet.close();
    update("answer");
  });
  part(sheet, "done").addEventListener("click", () => sheet.close());
}

/** @param {object} draft @param {{update: (what: string) => void}} how */
export function openNoPhoto(draft, { update }) {
  const sheet = openSheet("no-photo-sheet");
  for (const button of sheet.querySelectorAll("[data-reason]")) {
    button.setAttribute("aria-pressed", String(button.dataset.reason === draft.no_photo));
    button.addEventListener("click", () => {
      draft.no_photo = draft.no_photo === button.dataset.reason ? "" : button.dataset.reason;
      sheet.close();
      update("photo");
    });
  }
  part(sheet, "done").addEventListener("click", () => sheet.close());
}
