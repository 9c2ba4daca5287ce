// Calls one function of a module. Photos cannot travel as bytes: {"$bytes": base64} becomes an ArrayBuffer, and back.
// `inside` names a module of the joined ones, "" where `path` is the module itself.
async ([path, inside, name, args]) => {
  const inward = (value) => {
    if (Array.isArray(value)) return value.map(inward);
    if (value === null || typeof value !== "object") return value;
    if ("$bytes" in value) return Uint8Array.from(atob(value.$bytes), (c) => c.charCodeAt(0)).buffer;
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, inward(v)]));
  };
  const outward = (value) => {
    if (value instanceof ArrayBuffer) value = new Uint8Array(value);
    if (value instanceof Uint8Array) return {$bytes: btoa(Array.from(value, (b) => String.fromCharCode(b)).join(""))};
    if (Array.isArray(value)) return value.map(outward);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, outward(v)]));
  };
  const module = await import(path);
  const found = (inside ? module.use(inside) : module)[name];
  try {
    return {ok: outward(typeof found === "function" ? await found(...inward(args)) : found) ?? null};
  } catch (error) {
    return {error: error.code ?? error.name, message: String(error)};
  }
}
