// Single letters, for who has the focus inside the desk and has not switched them off.
const TYPING = "textarea, select, input:not([type=checkbox])";
const PRESSED_BY_ENTER = "a, button, summary, textarea";
const NOT_WHILE_ASKING = "asjkpmhe"; // reasons are being chosen: Escape first

export function listenTo(desk, { panels, decision, zoom }) {
  const keys = document.getElementById("keys");
  const go = (step) => {
    const line = panels.neighbour(step);
    if (line) panels.show(line).catch(() => location.assign(line.querySelector("a").href));
  };
  const focus = (id) => {
    const place = document.getElementById(id);
    place?.scrollIntoView({ block: "nearest" });
    place?.focus();
  };
  const search = () => {
    desk.querySelector(".filter-box").open = true;
    desk.querySelector(".filter-box [name=q]").focus();
  };
  const acts = {
    a: () => decision.decide("approve"),
    r: () => decision.decide("return"),
    x: () => decision.decide("reject"),
    s: () => decision.skip(),
    z: () => decision.undo(),
    j: () => go(1),
    k: () => go(-1),
    p: () => zoom.toggle(),
    m: () => focus("map-title"),
    h: () => focus("earlier-title"),
    e: () => desk.querySelector('.decision [data-key="e"]')?.click(),
    "/": search,
    "?": () => keys.togglePopover(),
  };

  desk.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && decision.drop()) return event.preventDefault();
    if (event.ctrlKey && event.key === "Enter" && decision.isAsking()) return decision.confirm();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return undefined;
    if (event.key === "Enter" && decision.isAsking() && !event.target.closest(PRESSED_BY_ENTER)) {
      event.preventDefault();
      return decision.confirm();
    }
    if (desk.dataset.keys !== "on" || event.target.closest(TYPING)) return undefined;
    if (/^[1-9]$/.test(event.key) && decision.toggle(event.key)) return event.preventDefault();
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : ""];
    if (!act || event.repeat) return undefined;
    if (decision.isAsking() && NOT_WHILE_ASKING.includes(event.key.toLowerCase())) return undefined;
    event.preventDefault();
    return act();
  });
}
