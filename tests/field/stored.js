// What lies in one store, with the length of its bytes only.
async (store) => {
  const { transact } = await import("/static/field/store.js");
  const all = await transact([store], "readonly", (tx) => tx.objectStore(store).getAll());
  return all.map((row) => Object.fromEntries(Object.entries(row ?? {}).map(
    ([k, v]) => [k, v instanceof ArrayBuffer ? v.byteLength : v && typeof v === "object" ? {} : v])));
}
