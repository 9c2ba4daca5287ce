// The desk with a script: the next entry is here before it is asked for. Without it every
// button is a form and every name a link; they stay so where this file does not act.
import { keepClaims } from "./leases.js";
import { decideBy } from "./decision.js";
import { listenTo } from "./keys.js";
import { Panels } from "./panels.js";
import { Sender } from "./sender.js";
import { zoomBy } from "./zoom.js";

const desk = document.getElementById("desk");

if (desk && window.fetch && HTMLElement.prototype.showPopover) {
  desk.classList.add("has-script");
  const sender = new Sender(desk);
  const panels = new Panels(desk, sender);
  const zoom = zoomBy(desk);
  const decision = decideBy(desk, panels, sender);
  listenTo(desk, { panels, decision, zoom });
  keepClaims(desk, sender);
  panels.begin();
  // Keys work at once, unless the person has gone somewhere already.
  if (document.activeElement === document.body) desk.focus({ preventScroll: true });
}
