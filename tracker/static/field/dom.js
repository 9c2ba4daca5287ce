/** The little that screens need of the document. */

/** @param {string} id of a `<template>` @returns {DocumentFragment} */
export const clone = (id) => document.getElementById(id).content.cloneNode(true);

/** @param {ParentNode} root @param {string} name of a `data-part` @returns {HTMLElement} */
export const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

/** @param {string} tag @param {Record<string, any>} [properties] @param {...(Node|string)} children */
export function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

/** Writes a text and shows its element; an empty text hides it. @param {HTMLElement} node @param {string} text */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
  node.hidden = !text;
}

/** Parts of a line of facts; a line breaks between them, not inside of one. @param {(string|Node)[]} parts */
export const bits = (parts) => parts.filter(Boolean).flatMap((part, at) => [
  ...(at ? [" · "] : []), typeof part === "string" ? make("span", { className: "bit", textContent: part }) : part]);

/** Said to those who cannot see what changed. @param {string} text */
export function announce(text) {
  const spoken = part(document, "said");
  spoken.textContent = "";
  requestAnimationFrame(() => { spoken.textContent = text; });
}

/** Focus without a jump of the page where it is in view already. @param {HTMLElement|null} node */
export function focus(node) {
  if (!node) return;
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest" });
}

/**
 * Opens a sheet from a template and removes it when it closes.
 * @param {string} id @returns {HTMLDialogElement}
 */
export function openSheet(id) {
  const sheet = clone(id).firstElementChild;
  document.body.append(sheet);
  sheet.addEventListener("close", () => sheet.remove());
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet) sheet.close(); // the dark beside it
  });
  sheet.showModal();
  return sheet;
}

/** One act at a time: a second tap waits for nothing. @param {HTMLElement} button @param {() => Promise<void>} act */
export async function busy(button, act) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  try {
    await act();
  } finally {
    button.removeAttribute("aria-busy");
  }
}
