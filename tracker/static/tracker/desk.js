// A, R and X decide, unless somebody is typing. The buttons do the same.
const decision = document.getElementById("decision");

document.addEventListener("keydown", (event) => {
  if (!decision || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("textarea, select, input:not([type=checkbox])")) return;
  const button = decision.querySelector(`[data-key="${event.key.toLowerCase()}"]`);
  if (!button) return;
  const chosen = decision.querySelector("[name=reasons]:checked");
  if (button.value !== "approve" && !chosen) {
    decision.querySelector("[name=reasons]").focus();
    return;
  }
  button.click();
});
