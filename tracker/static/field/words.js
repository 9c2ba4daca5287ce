/** Sentences of the page's language, from the data block `words` of the shell. */

const block = document.getElementById("words");
const words = block ? JSON.parse(block.textContent) : {};

/** `ja`, `zh-Hans` or `en`. */
export const language = document.documentElement.lang || "ja";

/**
 * @param {string} key
 * @param {Record<string, string|number>} [values] for the places written `{name}`
 * @returns {string} the key itself where there is no sentence, so that a gap is seen
 */
export function t(key, values = {}) {
  const sentence = words[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}
