/** Language, look, account, shops on this phone. */
import { busy, openSheet, part, say } from "../dom.js";
import { whenText } from "../format.js";
import { counts } from "../outbox.js";
import { plan } from "../plan.js";
import { sendNow } from "../sender.js";
import { changes, current } from "../session.js";
import { signOut } from "../sign-out.js";
import { newVersionWaits } from "../start.js";
import { t } from "../words.js";
import { loadPlan } from "./load-plan.js";
import { why } from "./why.js";

/** @param {HTMLElement} root */
export async function show(root) {
  const themes = part(root, "themes");
  themes.querySelector(`[value="${document.documentElement.dataset.theme}"]`).checked = true;
  themes.addEventListener("change", (event) => setTheme(event.target.value));

  async function paint() {
    const { person, signedIn } = current();
    const key = person ? (signedIn ? "who" : "who.offline") : "who.nobody";
    part(root, "who").textContent = t(key, { name: person?.name ?? "" });
    part(root, "sign-in").hidden = signedIn;
    part(root, "sign-out").hidden = !person;
    part(root, "version").hidden = !newVersionWaits();
    const kept = await plan();
    part(root, "plan-age").textContent = kept ? t("plan.age", { when: whenText(kept.made_at) }) : t("plan.none");
  }

  part(root, "sign-out").addEventListener("click", () => openSignOut());
  loadPlan(root, paint);
  changes.addEventListener("change", paint);
  await paint();
  return () => changes.removeEventListener("change", paint);
}

function setTheme(theme) {
  try {
    localStorage.setItem("theme", theme); // the theme is all that localStorage ever holds
  } catch {
    // storage is switched off: it lasts until the app is closed
  }
  document.documentElement.dataset.theme = theme;
  const paper = getComputedStyle(document.documentElement).getPropertyValue("--sunken").trim();
  document.querySelector('meta[name="theme-color"]').content = paper;
}

async function openSignOut() {
  const sheet = openSheet("sign-out-sheet");
  const problem = part(sheet, "problem");
  const paint = async () => {
    const { waiting, needsYou } = await counts();
    const left = waiting + needsYou;
    part(sheet, "sentence").textContent = left ? t("out.waiting", { n: left }) : t("out.nothing");
    part(sheet, "send-first").hidden = !left;
    part(sheet, "keep").hidden = !left;
    part(sheet, "leave").hidden = Boolean(left);
    return left;
  };
  const leave = async () => {
    try {
      await signOut();
      location.replace(location.pathname);
    } catch (error) {
      say(problem, error.code === "away" ? t("out.offline") : why(error));
    }
  };
  const on = (name, act) => part(sheet, name).addEventListener("click", () => busy(part(sheet, name), act));
  on("stay", async () => sheet.close());
  on("keep", leave);
  on("leave", leave);
  on("send-first", async () => {
    await sendNow();
    if (await paint()) say(problem, t("out.left"));
    else await leave();
  });
  await paint();
}
