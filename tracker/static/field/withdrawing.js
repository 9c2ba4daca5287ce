/** What the server has is taken back there, while nobody has decided on it. Only with signal: the server alone knows. */
import { call } from "./api.js";
import { Problem } from "./errors.js";
import { say } from "./outbox-events.js";
import { SENT, latestOf } from "./records.js";
import { transact } from "./store.js";
import { unlock } from "./vault.js";

/**
 * Withdraws an own entry for good; asking twice does no harm.
 * @param {string} uuid
 * @throws {Away} no answer came: it may be withdrawn or not, ask again
 * @throws {Problem} the server said no: 409 where it was decided
 */
export async function withdraw(uuid) {
  const { status, json } = await call("POST", `/api/v1/visits/${uuid}/withdraw`, { json: {} });
  if (status !== 200) throw new Problem(status, json);
  const stub = await mark(uuid);
  const open = stub?.own ? await unlock(stub.owner, stub.own).catch(() => null) : null;
  say("withdrawn", { uuid, shop: open?.entry.shop });
}

/** @returns {Promise<object|undefined>} the stub of what was sent, where it still lies here */
const mark = (uuid) =>
  transact(["entries"], "readwrite", async (tx) => {
    const stub = await latestOf(tx, uuid);
    if (stub?.state === SENT) await tx.objectStore("entries").put({ ...stub, withdrawnAt: Date.now() });
    return stub;
  });
