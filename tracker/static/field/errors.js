/**
 * What can go wrong on the phone. Screens choose the words by `code`.
 */

class FieldError extends Error {
  /** @param {string} code @param {string} [detail] for the console, never for people */
  constructor(code, detail = "") {
    super(detail ? `${code}: ${detail}` : code);
    this.name = new.target.name;
    this.code = code;
  }
}

/** No answer of ours came: no network, a captive portal, a broken proxy. Try again later. */
export class Away extends FieldError {
  /**
   * @param {string} detail
   * @param {number} [status] of the answer that was not ours; 0 where none came
   * @param {number} [retryAfter] seconds the server asked for
   */
  constructor(detail, status = 0, retryAfter = 0) {
    super("away", detail);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** The server answered, and said no: `status`, and `problem` where it explained itself. */
export class Problem extends FieldError {
  /** @param {number} status @param {{title?: string, detail?: string}} problem */
  constructor(status, problem) {
    super("problem", `${status} ${problem?.title ?? ""}`);
    this.status = status;
    this.problem = problem ?? {};
  }
}

/** The phone has no room left; what was kept before is untouched. */
export class Full extends FieldError {
  constructor() { super("full"); }
}

/** A newer version of the app has changed the database: this page must be loaded again. */
export class Superseded extends FieldError {
  constructor() { super("superseded"); }
}

/** Nobody has ever signed in here, or the key was deleted at signing out. */
export class NotSignedIn extends FieldError {
  constructor(detail = "") { super("not_signed_in", detail); }
}

/** Another open draft of the same shop would be overwritten. */
export class DraftInTheWay extends FieldError {
  constructor() { super("draft_in_the_way"); }
}

/** The photo is larger than the server takes and could not be made smaller. */
export class TooLarge extends FieldError {
  constructor() { super("too_large"); }
}
