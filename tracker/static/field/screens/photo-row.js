/** The photo of a visit: taken or chosen, made smaller, shown, removed; or the reason why there is none. */
import { clone, part, say } from "../dom.js";
import { shrink } from "../picture.js";
import { t } from "../words.js";
import { why } from "./why.js";

const MOST = 8; // of one entry, as the server counts

/**
 * @param {HTMLFormElement} form
 * @param {object} draft
 * @param {{asked: () => boolean, update: (what: string) => void, warn: (text: string) => void}} how
 */
export function photoRow(form, draft, { asked, update, warn }) {
  const camera = part(form, "camera");
  const addresses = new Map(); // hash → blob address, given back when the screen is left
  let shown = "";

  function paint() {
    const isAsked = asked() && !draft.photos.length;
    const why = !draft.photos.length && draft.no_photo ? t("photo.none", { why: t(`no_photo.${draft.no_photo}`) }) : "";
    const line = part(form, "photo-asked");
    line.dataset.ask ??= line.textContent;
    say(line, why || (isAsked ? line.dataset.ask : ""));
    part(form, "no-photo").hidden = !isAsked;
    part(form, "photo-label").classList.toggle("wanted", isAsked && !why);
    part(form, "photo-text").textContent = draft.photos.length ? t("photo.count", { n: draft.photos.length }) : t("photo.add");
    tiles();
  }

  function tiles() {
    const now = draft.photos.map((photo) => photo.sha256).join();
    if (now === shown) return;
    shown = now;
    const list = part(form, "photos");
    list.replaceChildren(...draft.photos.map(tile));
    list.hidden = !draft.photos.length;
  }

  function tile(photo) {
    const item = clone("photo-tile").firstElementChild;
    part(item, "picture").src = addressOf(photo);
    part(item, "remove").addEventListener("click", () => {
      draft.photos = draft.photos.filter((one) => one !== photo);
      update("photo");
      camera.focus({ preventScroll: true });
    });
    return item;
  }

  function addressOf({ sha256: hash, bytes }) {
    if (!bytes) return "";
    if (!addresses.has(hash)) addresses.set(hash, URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" })));
    return addresses.get(hash);
  }

  async function add(file) {
    if (!file) return;
    if (draft.photos.length >= MOST) return warn(t("photo.enough"));
    part(form, "photo-text").textContent = t("photo.working");
    try {
      const { bytes, sha256, note } = await shrink(file);
      if (!draft.photos.some((one) => one.sha256 === sha256)) draft.photos.push({ bytes, sha256 });
      draft.no_photo = "";
      update("photo");
      if (note === "as_is") warn(t("photo.as_is"));
    } catch (error) {
      paint();
      warn(why(error));
    }
  }

  camera.addEventListener("change", async () => {
    const [file] = camera.files;
    await add(file);
    camera.value = ""; // or the same photo could not be chosen again
  });

  return {
    paint,
    add,
    missing() {
      if (!asked() || draft.photos.length) return null;
      const label = part(form, "photo-label");
      if (!draft.no_photo) return { text: t("photo.missing"), mark: label, focus: camera };
      if (draft.no_photo === "other" && !draft.note.trim()) return { text: t("photo.why"), mark: label, focus: part(form, "more") };
      return null;
    },
    leave() {
      for (const address of addresses.values()) URL.revokeObjectURL(address);
    },
  };
}
