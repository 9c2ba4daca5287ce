/**
 * The stores of the phone. A step is never changed once it was released: a phone may hold a full queue made by any of them.
 *
 * Whatever says something about a shop, an answer or a person is encrypted before it is put here. LevelDB, under Chromium's
 * IndexedDB, keeps deleted bytes in its log for a while: what was never written in the clear need not be wiped.
 */

export const NAME = "noren-field";

/** What each version adds, in order; the version of the database is their number. */
export const STEPS = [
  function first(db) {
    db.createObjectStore("meta"); // numbers, dates, the server's public key
    db.createObjectStore("vault"); // owner → key, not extractable
    const entries = db.createObjectStore("entries", { keyPath: "seq", autoIncrement: true });
    entries.createIndex("id", ["uuid", "revision"], { unique: true });
    entries.createIndex("owner_state", ["owner", "state"]);
    entries.createIndex("owner_on", ["owner", "on"]);
    entries.createIndex("state", "state");
    const photos = db.createObjectStore("photos", { keyPath: "seq", autoIncrement: true });
    photos.createIndex("id", ["uuid", "sha256"], { unique: true });
    photos.createIndex("owner_state", ["owner", "state"]);
    const drafts = db.createObjectStore("drafts", { keyPath: ["owner", "shop"] });
    drafts.createIndex("owner", "owner");
    const draftPhotos = db.createObjectStore("draft_photos", { keyPath: ["owner", "shop", "sha256"] });
    draftPhotos.createIndex("owner", "owner");
    const sealed = db.createObjectStore("sealed", { keyPath: "seq", autoIncrement: true });
    sealed.createIndex("owner", "owner");
    db.createObjectStore("plans"); // "owner/what" → box
  },
];
