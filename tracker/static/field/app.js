/** The start of the field app: who works here, the strip at the top, the screens. */
import { make, part } from "./dom.js";
import { drafts } from "./drafts.js";
import { isPlace } from "./format.js";
import { changes as outboxChanges, counts } from "./outbox.js";
import { plan } from "./plan.js";
import { latest, watch } from "./position.js";
import { startRouter } from "./router.js";
import { show as showNearby } from "./screens/nearby.js";
import { show as showVisit } from "./screens/visit.js";
import { why } from "./screens/why.js";
import { changes as sessionChanges, current, recallSession } from "./session.js";
import { begin } from "./start.js";
import { t } from "./words.js";

const ROUGH_M = 25;
const BAD_M = 100;
const REST_MS = 1000;

// The list and the visit are there at once, the others right after: a screen that is fetched only when it is needed
// would be missing in the first basement.
const SCREENS = {
  nearby: { template: "screen-nearby", show: showNearby },
  visit: { template: "screen-visit", show: showVisit },
  practice: { template: "screen-visit", show: showVisit },
  new: { template: "screen-new", load: () => import("./screens/new-shop.js") },
  outbox: { template: "screen-outbox", load: () => import("./screens/outbox.js") },
  work: { template: "screen-work", load: () => import("./screens/work.js") },
  help: { template: "screen-help", show: () => null },
  settings: { template: "screen-settings", load: () => import("./screens/settings.js") },
  welcome: { template: "screen-welcome", load: () => import("./screens/welcome.js") },
};

function paintPosition() {
  const position = latest();
  const chip = part(document, "accuracy");
  const isOff = position.state === "denied" || position.state === "unavailable";
  const n = isPlace(position) ? Math.round(position.accuracy_m) : null;
  chip.dataset.state = isOff ? "bad" : n === null ? "waiting" : n > BAD_M ? "bad" : n > ROUGH_M ? "poor" : "good";
  part(document, "accuracy-text").textContent = n === null || isOff ? (isOff ? t("gps.off") : "…") : `±${n} m`;
}

// The phone is not asked for its position before it was said what for.
function followPosition() {
  if (location.hash === "#/welcome" || location.hash === "#/practice") return;
  window.removeEventListener("hashchange", followPosition);
  watch(paintPosition);
}

async function paintState() {
  const { online } = current();
  part(document, "online").textContent = t(online ?? navigator.onLine ? "online" : "offline");
  const { waiting, needsYou } = await counts();
  part(document, "waiting").textContent = needsYou ? t("needs_you", { n: needsYou })
    : waiting ? t("waiting", { n: waiting }) : t("all_sent");
}

const loadTheRest = () => Promise.all(Object.values(SCREENS).map(({ load }) => load?.()))
  .catch((error) => console.warn(error)); // they are asked for again when they are wanted

/** The first time there is nothing to list: how it works comes first. */
async function isFirstTime() {
  if (location.hash.length > 2) return false;
  const { person } = current();
  if (!person) return true;
  return !(await plan()) && !(await drafts()).length && !(await counts()).today;
}

async function main() {
  await recallSession();
  begin();
  for (const changes of [outboxChanges, sessionChanges]) changes.addEventListener("change", paintState);
  for (const kind of ["online", "offline"]) window.addEventListener(kind, paintState);
  paintState();
  paintPosition();
  if (await isFirstTime()) history.replaceState(null, "", "#/welcome");
  followPosition();
  window.addEventListener("hashchange", followPosition);
  await startRouter(document.getElementById("content"), SCREENS, failed);
  performance.mark("usable"); // what is fetched before this is what the first visit waits for
  import("./sender.js").then(({ start }) => start());
  setTimeout(loadTheRest, REST_MS);
}

/** Says what went wrong where a person can see it. @returns {null} */
function failed(error) {
  document.getElementById("content").prepend(make("p", { className: "notice", role: "alert", textContent: why(error) }));
  return null;
}

main().catch(failed);
