/** The question before an entry is withdrawn, because there is no way back. */
import { announce, busy, openSheet, part, say } from "../dom.js";
import { withdraw } from "../outbox.js";
import { t } from "../words.js";
import { lastSave, noteSaved } from "./last-save.js";
import { why } from "./why.js";

/**
 * @param {{uuid: string, name: string, when: string}} entry as it is told to the person
 * @param {() => Promise<void>} [done]
 */
export function askToWithdraw({ uuid, name, when }, done) {
  const sheet = openSheet("withdraw-sheet");
  part(sheet, "shop").textContent = name;
  part(sheet, "when").textContent = when;
  part(sheet, "stay").addEventListener("click", () => sheet.close());
  const button = part(sheet, "withdraw");
  button.addEventListener("click", () => busy(button, async () => {
    try {
      await withdraw(uuid);
    } catch (error) {
      return say(part(sheet, "problem"), error.code === "away" ? t("withdraw.offline") : why(error));
    }
    sheet.close();
    announce(t("withdraw.done"));
    if (lastSave()?.uuid === uuid) noteSaved({ name, text: t("withdraw.done") }); // there is nothing left to undo
    return done?.();
  }));
}
