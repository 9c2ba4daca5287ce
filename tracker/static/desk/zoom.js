// The photo as large as the screen. Without a script the photo is a link to it.
export function zoomBy(desk) {
  const dialog = document.getElementById("zoom");
  const image = dialog.querySelector("img");
  const photos = () => [...document.querySelectorAll("#photos a")];
  let at = 0;

  function show(number) {
    const found = photos();
    if (!found.length) return;
    at = (number + found.length) % found.length;
    image.src = found[at].href;
    if (!dialog.open) dialog.showModal();
  }

  desk.addEventListener("click", (event) => {
    const link = event.target.closest(".photos a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const number = photos().indexOf(link);
    if (number >= 0) return show(number);
    image.src = link.href; // a photo of an earlier visit
    dialog.showModal();
  });
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation(); // nothing is decided from under the photo
    if (event.key === "ArrowRight") show(at + 1);
    else if (event.key === "ArrowLeft") show(at - 1);
    else if (event.key.toLowerCase() === "p") dialog.close();
  });
  return { toggle: () => (dialog.open ? dialog.close() : show(0)) };
}
