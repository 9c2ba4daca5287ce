/** The first minutes: on the home screen, signed in, position, storage, how it works. */
import { busy, part, say } from "../dom.js";
import { isPlace } from "../format.js";
import { latest, watch } from "../position.js";
import { changes, current } from "../session.js";
import { askToPersist, usage } from "../store.js";
import { t } from "../words.js";
import { installPrompt } from "../start.js";

/** @param {HTMLElement} root */
export async function show(root) {
  const isIos = /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
  const isInstalled = matchMedia("(display-mode: standalone)").matches;
  part(root, "step-install").hidden = isInstalled;
  part(root, "ios").hidden = !isIos;
  part(root, "install").hidden = !installPrompt();
  part(root, "install-else").hidden = isIos || Boolean(installPrompt());
  part(root, "install").addEventListener("click", () => installPrompt()?.prompt());

  function who() {
    const { signedIn, person } = current();
    say(part(root, "who"), signedIn ? t("who", { name: person.name }) : "");
    part(root, "sign-in").hidden = signedIn;
  }

  let unwatch = () => {};
  const locate = part(root, "locate");
  locate.addEventListener("click", () => {
    unwatch();
    unwatch = watch(located);
  });
  function located() {
    const position = latest();
    const isOff = position.state === "denied" || position.state === "unavailable";
    const isKnown = isPlace(position);
    say(part(root, "located"), isKnown ? t("gps.done", { n: Math.round(position.accuracy_m) }) : t(isOff ? "gps.denied" : "gps.first"));
  }

  const persist = part(root, "persist");
  async function kept() {
    const { persisted } = await usage();
    persist.hidden = persisted;
    say(part(root, "persisted"), persisted ? t("outbox.persisted") : "");
    return persisted;
  }
  persist.addEventListener("click", () => busy(persist, async () => {
    await askToPersist();
    if (!await kept()) say(part(root, "persisted"), t("outbox.not_persisted"));
  }));

  changes.addEventListener("change", who);
  who();
  await kept();
  return () => {
    unwatch();
    changes.removeEventListener("change", who);
  };
}
