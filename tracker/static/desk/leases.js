// What is on the desk stays there while somebody works, and is given back on leaving.
const EVERY = 60_000; // milliseconds between two renewals at most

export function keepClaims(desk, sender) {
  let until = desk.querySelector(".tally")?.dataset.until ?? "";
  let renewed = Date.now();
  let isStaying = false;

  async function renew() {
    if (Date.now() - renewed < EVERY) return;
    renewed = Date.now();
    const answer = await fetch(desk.dataset.renew, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": sender.token },
    }).catch(() => null);
    if (answer?.ok) until = (await answer.json()).until;
  }

  for (const kind of ["keydown", "pointerdown", "scroll"]) {
    document.addEventListener(kind, renew, { passive: true, capture: true });
  }

  // From one page of the desk to another is not leaving; that page renews what it shows.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    isStaying = Boolean(link && new URL(link.href).pathname.startsWith("/desk/"));
  });
  document.addEventListener("submit", (event) => {
    isStaying = new URL(event.target.action).pathname.startsWith("/desk/");
  });

  window.addEventListener("pagehide", () => {
    if (isStaying || !until) return;
    const form = new FormData();
    form.set("csrfmiddlewaretoken", sender.token);
    const shown = desk.querySelector(".tally")?.dataset.until ?? "";
    form.set("until", shown > until ? shown : until);
    navigator.sendBeacon(desk.dataset.leave, form);
  });
}
