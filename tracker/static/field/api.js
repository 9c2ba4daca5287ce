/** One way to the server. An answer counts only where it is ours: JSON, of our kinds, not redirected. */
import { base64, fromBase64 } from "./bytes.js";
import { Away, Problem } from "./errors.js";
import { language } from "./words.js";

const OURS = /^application\/(problem\+)?json\b/;
const SAFE = new Set(["GET", "HEAD"]);
const SECONDS = 60; // a street corner sends 500 kB in less, or not at all

let token = "";
let renew = null;

/** @param {string} csrf the token of the session that was looked at last */
export const setToken = (csrf) => { token = csrf; };

/** @param {() => Promise<void>} how asked once where the token has been rotated meanwhile */
export const renewTokenBy = (how) => { renew = how; };

/**
 * @param {string} method
 * @param {string} path
 * @param {{json?: any, body?: BodyInit, headers?: Record<string, string>, seconds?: number}} [what]
 * @returns {Promise<{status: number, json: any}>} also where the server said no: 4xx and 5xx with a body of ours
 * @throws {Away} where no answer of ours came
 */
export async function call(method, path, what = {}) {
  const answer = await once(method, path, what);
  // Signing in again rotates the token; a page that was open all along learns it here.
  if (answer.status !== 403 || SAFE.has(method) || !renew) return ours(answer);
  await renew();
  return ours(await once(method, path, what));
}

function ours(answer) {
  if (answer.json === undefined) throw new Away(answer.why, answer.status, answer.retryAfter);
  return answer;
}

async function once(method, path, { json, body, headers = {}, seconds = SECONDS }) {
  const sent = { Accept: "application/json", "Accept-Language": language, ...headers };
  if (!SAFE.has(method)) sent["X-CSRFToken"] = token;
  if (json !== undefined) sent["Content-Type"] = "application/json";
  try {
    const response = await fetch(path, {
      method,
      headers: sent,
      body: json === undefined ? body : JSON.stringify(json),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error", // we never redirect the API; portals do
      signal: AbortSignal.timeout(seconds * 1000),
    });
    return await read(response);
  } catch (error) {
    throw new Away(String(error));
  }
}

async function read(response) {
  const { status } = response;
  const retryAfter = Number(response.headers.get("Retry-After")) || 0;
  const kind = response.headers.get("Content-Type") ?? "";
  const nothing = { status, json: undefined, why: `${status} ${kind}`, retryAfter };
  if (!OURS.test(kind)) return nothing;
  try {
    return { status, json: await response.json(), retryAfter };
  } catch {
    return nothing; // cut off in the middle
  }
}

/**
 * Has the server open what was sealed for it; it does so for the owner alone.
 * @param {string} context
 * @param {ArrayBuffer} sealed
 * @returns {Promise<Uint8Array>}
 */
export async function unseal(context, sealed) {
  const { status, json } = await call("POST", "/api/v1/field/open", { json: { context, sealed: base64(sealed) } });
  if (status !== 200) throw new Problem(status, json);
  if (typeof json?.data !== "string") throw new Away("open", status);
  return fromBase64(json.data);
}
