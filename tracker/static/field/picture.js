/** Photos made small enough for the street. The server makes them anew anyway; here it is about the way there. */
import { sha256 } from "./bytes.js";
import { TooLarge } from "./errors.js";

const LONGEST = 1600; // px
const QUALITY = 0.8;
const MOST_BYTES = 12_000_000; // of an original, as the server takes it
const SMALL_FILE = 1_000_000; // bytes; below it the picture is decoded whole, so that a small one is not blown up
const DOTS = 8;

/**
 * @param {Blob} file
 * @returns {Promise<{bytes: ArrayBuffer, sha256: string, width: number, height: number, note: ""|"as_is"}>}
 *   JPEG, longest side 1600 px; "as_is" where the browser could not make it smaller: then the original, sizes 0
 * @throws {TooLarge} where that original is above 12 MB
 */
export async function shrink(file) {
  const small = await smaller(file).catch(() => null);
  if (small) return { ...small, sha256: await sha256(small.bytes), note: "" };
  if (file.size > MOST_BYTES) throw new TooLarge();
  const bytes = await file.arrayBuffer();
  return { bytes, sha256: await sha256(bytes), width: 0, height: 0, note: "as_is" };
}

async function smaller(file) {
  const bitmap = await decoded(file);
  try {
    const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
    const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
    const canvas = drawn(bitmap, width, height, true); // 2.56 megapixels at most; iOS paints black above 16.7
    if (isBlank(canvas)) return null;
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
    return blob.type === "image/jpeg" ? { bytes: await blob.arrayBuffer(), width, height } : null;
  } finally {
    bitmap.close();
  }
}

// A 24-megapixel photo is 96 MB when decoded: the browser shrinks it while it decodes.
const decoded = (file) =>
  createImageBitmap(file, {
    imageOrientation: "from-image",
    ...(file.size > SMALL_FILE && { resizeWidth: LONGEST, resizeQuality: "high" }),
  });

function drawn(image, width, height, smooth) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { alpha: false });
  context.imageSmoothingEnabled = smooth;
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, width, height);
  return canvas;
}

/** Whether 64 points spread over it are all the same: a canvas that failed without saying so. */
function isBlank(canvas) {
  const { data } = drawn(canvas, DOTS, DOTS, false).getContext("2d").getImageData(0, 0, DOTS, DOTS);
  return data.every((value, at) => value === data[at % 4]);
}
