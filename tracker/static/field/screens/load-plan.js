/** "Load today's shops": around the phone, or of a ward. */
import { busy, part, say } from "../dom.js";
import { isPlace } from "../format.js";
import { fetchPlan, plan } from "../plan.js";
import { latest } from "../position.js";
import { t } from "../words.js";
import { why } from "./why.js";

/**
 * @param {ParentNode} box holds the parts `load`, `load-state` and `wards`, each where it needs one
 * @param {() => Promise<void>} done
 */
export function loadPlan(box, done) {
  const state = part(box, "load-state");
  const tell = (text) => { if (state) say(state, text); };

  async function load(where) {
    if (!where) return tell(t("plan.no_place"));
    tell(t("plan.loading"));
    try {
      await fetchPlan(where);
      const { shops } = await plan();
      tell(t("plan.loaded", { n: shops }));
      await done();
    } catch (error) {
      tell(why(error));
    }
  }

  const button = part(box, "load");
  button?.addEventListener("click", () => busy(button, () => load(here())));
  part(box, "wards")?.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(event.submitter, () => load({ area: part(box, "ward").value }));
  });
}

function here() {
  const position = latest();
  return isPlace(position) ? { lat: position.lat_e7 / 1e7, lon: position.lon_e7 / 1e7 } : null;
}
