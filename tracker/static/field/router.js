/** Hash routes. The address holds a UUID at most: never a name, never an answer. */
import { clone, make, part } from "./dom.js";

const ROUTES = [
  [/^#?\/?$/, "nearby"],
  [/^#\/visit\/([0-9a-f-]{36})$/, "visit"],
  [/^#\/practice$/, "practice"],
  [/^#\/new(?:\/([0-9a-f-]{36}))?$/, "new"],
  [/^#\/(outbox|work|help|settings|welcome)$/, null],
];

/** @param {string} hash @returns {{name: string, uuid: string|undefined}} */
export function routeOf(hash) {
  for (const [pattern, name] of ROUTES) {
    const found = hash.match(pattern);
    if (found) return name ? { name, uuid: found[1] } : { name: found[1] };
  }
  return { name: "nearby" };
}

/** @param {string} hash without reloading; the same address shows the screen anew */
export function go(hash) {
  if (location.hash === hash || (hash === "#/" && !location.hash)) window.dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = hash;
}

/**
 * Shows screens as the address changes.
 * @param {HTMLElement} root
 * @param {Record<string, {template: string, show?: Function, load?: () => Promise<{show: Function}>}>} screens
 * @param {(error: Error) => null} failed a screen could not be shown
 */
export function startRouter(root, screens, failed) {
  let leave = null;
  let turn = 0;

  async function turnTo() {
    const mine = ++turn;
    const { name, uuid } = routeOf(location.hash);
    const { template, load } = screens[name];
    const { show } = load ? await load().catch(failed) ?? {} : screens[name];
    if (mine !== turn || !show) return;
    leave?.();
    leave = null;
    for (const sheet of document.querySelectorAll("dialog[open]")) sheet.close();
    // Each screen has an element of its own: what comes late, for a screen that was left, is written where nobody
    // sees it, and never into the next screen.
    const screen = make("div", { className: "screen" }, clone(template));
    root.replaceChildren(screen);
    root.dataset.screen = name;
    document.title = `${document.getElementById(template).dataset.title} · Noren`;
    window.scrollTo(0, 0);
    const away = await shown(show, screen, { uuid, practice: name === "practice" });
    if (mine !== turn) return away?.();
    leave = away ?? null;
    // Read aloud from its beginning; a screen that has put the focus somewhere knows better.
    if (document.activeElement === document.body) (root.querySelector("h1[tabindex]") ?? root).focus({ preventScroll: true });
    root.dataset.ready = name;
  }

  // Who has never signed in here, or has just signed out, begins at the beginning.
  async function shown(show, ...how) {
    try {
      return await show(...how);
    } catch (error) {
      if (error.code !== "not_signed_in") return failed(error);
      location.replace("#/welcome");
      return null;
    }
  }

  window.addEventListener("hashchange", turnTo);
  part(document, "skip").addEventListener("click", (event) => {
    event.preventDefault(); // its address is not one of ours
    root.focus();
  });
  return turnTo();
}
