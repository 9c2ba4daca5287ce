// Decisions go to the server one after the other, in the order in which they were made. What
// was not taken is said, and stays on the screen until it is answered.
export class Sender {
  constructor(desk) {
    this.desk = desk;
    this.troubles = document.getElementById("troubles");
    this.last = Promise.resolve();
    this.open = 0;
    window.addEventListener("beforeunload", (event) => { if (this.open) event.preventDefault(); });
  }

  get token() {
    return document.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  // Resolves with { status, facts } of the answer; status 0 where there was no connection.
  post(address, form) {
    this.open += 1;
    const sent = this.last.then(() => this.#send(address, form));
    this.last = sent.finally(() => { this.open -= 1; });
    return sent;
  }

  idle() {
    return this.last;
  }

  async #send(address, form) {
    try {
      const answer = await fetch(address, {
        method: "POST",
        body: form,
        headers: { Accept: "application/json", "X-CSRFToken": this.token },
      });
      const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
      if (answer.redirected) return { status: 0, facts: { message: this.desk.dataset.out } };
      const facts = isJson ? await answer.json() : { message: this.desk.dataset.failed };
      return { status: answer.status, facts };
    } catch {
      return { status: 0, facts: { message: this.desk.dataset.lost } };
    }
  }

  // A sentence with up to two things to do; `acts` are pairs of a label and a function.
  trouble(text, acts) {
    const notice = document.createElement("p");
    notice.className = "notice error";
    notice.append(text);
    for (const [label, act] of acts) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", () => { notice.remove(); act(); });
      notice.append(button);
    }
    this.troubles.append(notice);
  }
}
