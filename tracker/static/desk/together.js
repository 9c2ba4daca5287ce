// A tick counts once the photo was on the screen: half of it, for half a second.
const LONG_ENOUGH = 500; // milliseconds
const form = document.getElementById("together");

if (form && "IntersectionObserver" in window) {
  const timers = new WeakMap();
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      clearTimeout(timers.get(target));
      if (isIntersecting) timers.set(target, setTimeout(() => seen(target), LONG_ENOUGH));
    }
  }, { threshold: 0.5 });

  const seen = (photos) => {
    watcher.unobserve(photos);
    const box = photos.closest(".tile").querySelector("input");
    box.disabled = false;
    box.removeAttribute("title");
  };

  const all = document.getElementById("tick-all");
  all.hidden = false;
  all.addEventListener("click", () => {
    for (const box of form.querySelectorAll("input[name=entry]:enabled")) box.checked = true;
  });

  for (const tile of form.querySelectorAll(".tile")) {
    const box = tile.querySelector("input");
    box.checked = false;
    box.disabled = true;
    box.title = form.dataset.unseen;
    watcher.observe(tile.querySelector(".photos"));
  }
}
