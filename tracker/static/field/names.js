/**
 * Names of shops made comparable: the counterpart of tracker/places/matching.py. Both are tested over the same names.
 */

export const NEAR_METRES = 40; // look-alikes further apart are other shops
export const SURE_LIKENESS = 0.85;

const TAILS = ["本店", "支店", "店"];
const DROPPED = /[^\p{L}\p{N}]+/gu;
const KATAKANA = /[\u30a1-\u30f6]/g;

// Python folds case: to capitals and back is the same (twice, for ẞ), but for the dotless i, which stays what it is.
const CASED = /[^ı]+/g;
const levelled = (text) => text.toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ");

const toHiragana = (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60);

/**
 * @param {string} name
 * @returns {string} width, case, kana, spaces and marks levelled; a trailing 店, 本店 or 支店 dropped
 */
export function fold(name) {
  const lower = name.normalize("NFKC").replace(CASED, levelled);
  const text = lower.replace(KATAKANA, toHiragana).replaceAll("ー", "").replace(DROPPED, "");
  const tail = TAILS.find((one) => text.endsWith(one) && [...text].length > one.length + 1);
  return tail ? text.slice(0, -tail.length) : text;
}

/**
 * @param {string} one folded
 * @param {string} other folded
 * @returns {number} 0 to 1; 1 where one begins with the other
 */
export function likeness(one, other) {
  const [a, b] = [[...one], [...other]];
  if (!a.length || !b.length) return 0;
  if (Math.min(a.length, b.length) >= 3 && (one.startsWith(other) || other.startsWith(one))) return 1;
  return (2 * matching(a, b, 0, a.length, 0, b.length)) / (a.length + b.length);
}

// Ratcliff and Obershelp: the longest common run, then the same to its left and to its right.
function matching(a, b, fromA, toA, fromB, toB) {
  const [atA, atB, size] = longestRun(a, b, fromA, toA, fromB, toB);
  if (!size) return 0;
  return size + matching(a, b, fromA, atA, fromB, atB) + matching(a, b, atA + size, toA, atB + size, toB);
}

/** The longest common run; of several the first in a, then the first in b. */
function longestRun(a, b, fromA, toA, fromB, toB) {
  let best = [fromA, fromB, 0];
  for (let i = fromA; i < toA; i += 1) {
    for (let j = fromB; j < toB; j += 1) {
      let size = 0;
      while (i + size < toA && j + size < toB && a[i + size] === b[j + size]) size += 1;
      if (size > best[2]) best = [i, j, size];
    }
  }
  return best;
}

/** @returns {boolean} whether two shops with these folded names, so far apart, may be one */
export const isLookAlike = (one, other, metres) => metres <= NEAR_METRES && likeness(one, other) >= SURE_LIKENESS;
