// Joins the pictures and tables of a page: what is pointed at in one is marked in the others.
// Without this script nothing is lost: every area has a title, and every figure a table.

const LIT = "lit";

function codeAt(target) {
  return target.closest?.("[data-code]")?.dataset.code ?? "";
}

function light(code) {
  for (const marked of document.querySelectorAll(`.${LIT}`)) marked.classList.remove(LIT);
  if (!code) return;
  for (const area of document.querySelectorAll(`[data-code="${CSS.escape(code)}"]`)) {
    area.classList.add(LIT);
    // The outline of a neighbour must not cover it.
    if (area instanceof SVGElement && area.closest(".panel")) area.parentNode.append(area);
  }
}

let last = "";
function follow(event) {
  const code = codeAt(event.target);
  if (code === last) return;
  last = code;
  light(code);
}

document.addEventListener("pointerover", follow);
document.addEventListener("focusin", follow);
