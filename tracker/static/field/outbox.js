/** Finished entries: put away for good before "saved" is said, shown, taken back, tried again. The door to the modules behind. */
export { exportFile } from "./exporting.js";
export { finish } from "./finishing.js";
export { counts, rows } from "./listing.js";
export { discard, edit, retry, takeBack } from "./mending.js";
export { changes } from "./outbox-events.js";
export { withdraw } from "./withdrawing.js";
