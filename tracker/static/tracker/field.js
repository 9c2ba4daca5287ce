// Fills in where the phone is. Every page works without it.
const options = { enableHighAccuracy: true, timeout: 15000, maximumAge: 30000 };
const named = (name) => document.querySelector(`[name="${name}"]`);

function write(position) {
  const { latitude, longitude, accuracy } = position.coords;
  named("lat").value = latitude.toFixed(7);
  named("lon").value = longitude.toFixed(7);
  const field = named("accuracy");
  if (field) field.value = Math.round(accuracy);
}

const app = document.getElementById("open-app");
if (app) app.hidden = false;

const button = document.getElementById("use-position");
const note = document.getElementById("position-note");

if (button && "geolocation" in navigator) {
  button.hidden = false;
  button.addEventListener("click", () => {
    note.textContent = note.dataset.waiting;
    navigator.geolocation.getCurrentPosition(
      (position) => {
        write(position);
        note.textContent = "";
        if (button.form.id === "near") {
          named("q").value = "";
          button.form.submit();
        }
      },
      () => { note.textContent = note.dataset.denied; },
      options,
    );
  });
}

// On the visit form the position is taken quietly where it was allowed before.
if (document.getElementById("visit") && navigator.permissions) {
  navigator.permissions.query({ name: "geolocation" }).then((state) => {
    if (state.state === "granted") {
      navigator.geolocation.getCurrentPosition(write, () => {}, options);
    }
  });
}

// The clock of the form is the server's; the phone's own zone is Tokyo in the field.
const form = document.getElementById("visit");
if (form) {
  form.addEventListener("submit", () => {
    const save = form.querySelector("button.primary");
    save.setAttribute("aria-busy", "true");
  });
}
