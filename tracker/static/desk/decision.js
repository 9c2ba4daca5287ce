// Approve, send back, reject, skip, undo: at once on the screen, then to the server.
const NEED_REASONS = new Set(["return", "reject"]);

export function decideBy(desk, panels, sender) {
  const words = desk.dataset;
  const undoForm = document.getElementById("undo-form");
  let lastDecision = ""; // what Z takes back; "" lets the server find the newest

  const form = () => document.getElementById("decision");
  const note = () => document.getElementById("key-note");

  function ask(move) {
    form().dataset.mode = move;
    note().hidden = false;
    note().textContent = words.choose;
    form().querySelector("[name=reasons]").focus();
    panels.say(words.choose, true);
  }

  function drop() {
    if (!form()?.dataset.mode) return false;
    delete form().dataset.mode;
    note().hidden = true;
    document.getElementById("entry-title").focus();
    return true;
  }

  function toggle(number) {
    const box = form()?.dataset.mode && form().querySelector(`[data-number="${number}"]`);
    if (!box) return false;
    box.checked = !box.checked;
    box.focus();
    if (box.value === "other" && box.checked) form().querySelector("[name=note]").focus();
    return true;
  }

  function decide(move) {
    if (NEED_REASONS.has(move)) {
      if (form().dataset.mode !== move) return ask(move);
      if (!form().querySelector("[name=reasons]:checked")) {
        note().textContent = words.need;
        panels.say(words.need, true);
        return form().querySelector("[name=reasons]").focus();
      }
      const isUnsaid = form().querySelector('[name=reasons][value="other"]').checked;
      if (isUnsaid && !form().querySelector("[name=note]").value.trim()) {
        return form().querySelector("[name=note]").focus();
      }
    }
    form().querySelector("[name=seconds]").value = panels.seconds;
    const data = new FormData(form());
    data.set("move", move);
    if (!NEED_REASONS.has(move)) data.delete("reasons");
    const button = form().querySelector(`[name=move][value="${move}"]`);
    send(form().action, data, nameOf(button), (facts) => { lastDecision = facts.decision; });
  }

  function skip() {
    const button = form().querySelector("[name=skip]");
    send(button.formAction, new FormData(form()), nameOf(button), (_facts, key) => {
      panels.gone.delete(key); // it comes again at the end
    });
  }

  // The next entry is shown while this one is still on its way.
  function send(address, data, what, done) {
    const { uuid, revision } = panels.entry.dataset;
    const shop = document.getElementById("entry-title").textContent;
    const again = location.href;
    const go = () => sender.post(address, data).then(({ status, facts }) => {
      if (status === 200) return done(facts, `${uuid}:${revision}`);
      const text = `${shop}: ${facts.message}`;
      const look = [words.again, () => panels.showAddress(facts.again ?? again)];
      panels.comeBack(uuid, revision);
      sender.trouble(text, status ? [look] : [[words.retry, go], look]);
    });
    go();
    panels.leave(`${shop}: ${what}.`).catch(() => sender.idle().then(() => location.reload()));
  }

  async function undo() {
    const data = new FormData(undoForm);
    await sender.idle(); // the decision that is taken back must have arrived
    data.set("decision", lastDecision);
    const { status, facts } = await sender.post(undoForm.action, data);
    lastDecision = "";
    if (status !== 200) return panels.say(facts.message);
    await panels.fill();
    const line = panels.lines.find((one) => one.dataset.uuid === facts.uuid);
    const address = line?.querySelector("a").href ?? `${undoForm.action.replace(/undo.*/, "")}${facts.uuid}/`;
    return panels.showAddress(address, facts.message);
  }

  desk.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (event.target === undoForm) {
      event.preventDefault();
      undo();
    } else if (event.target === form() && button?.name) {
      event.preventDefault();
      if (button.name === "skip") skip();
      else decide(button.value);
    }
  });

  return {
    decide: (move) => form() && decide(move),
    skip: () => form() && skip(),
    confirm: () => { if (form()?.dataset.mode) decide(form().dataset.mode); },
    isAsking: () => Boolean(form()?.dataset.mode),
    undo, drop, toggle,
  };
}

// What a button says, without its key.
function nameOf(button) {
  return [...button.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent.trim()).join("");
}
