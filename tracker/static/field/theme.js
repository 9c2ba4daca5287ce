// Before the first paint: the field app is light whatever the phone says, unless its owner chose.
// The theme is all that localStorage ever holds.
(() => {
  const colours = { light: "#f0ede6", dark: "#0c0f13", sun: "#ffffff" };
  let theme = "light";
  try {
    theme = localStorage.getItem("theme") || theme;
  } catch {
    // storage is switched off: light it is
  }
  if (!(theme in colours)) theme = "light";
  document.documentElement.dataset.theme = theme;
  document.querySelector('meta[name="theme-color"]').content = colours[theme];
})();
