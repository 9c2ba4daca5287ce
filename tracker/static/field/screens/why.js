/** An error of the data modules as a sentence; the words belong to the screens. */
import { t } from "../words.js";

const KNOWN = new Set(["away", "full", "not_signed_in", "superseded", "draft_in_the_way", "too_large"]);

/** @param {Error & {code?: string, problem?: {detail?: string, title?: string}}} error */
export function why(error) {
  if (error.code === "problem") return error.problem.detail || error.problem.title || t("error.unknown");
  if (!KNOWN.has(error.code)) console.error(error);
  return KNOWN.has(error.code) ? t(`error.${error.code}`) : t("error.unknown");
}
