// Tells who else is writing in this PI: <div data-presence="URL"> beside the form.

import { unitOf } from "./autosave.js";

const EVERY = 15000; // ms

const place = document.querySelector("[data-presence]");
const form = document.getElementById("pi-form");
let field = "";

async function report() {
  if (document.hidden) {
    return;
  }
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("field", field);
  try {
    const response = await fetch(place.dataset.presence, { method: "POST", body, redirect: "manual" });
    if (response.ok) {
      place.innerHTML = await response.text();
    }
  } catch {
    // The line is down; autosave says so.
  }
}

if (place && form) {
  form.addEventListener("focusin", (event) => {
    const now = event.target.name ? unitOf(event.target.name) : "";
    if (now && now !== field) {
      field = now;
      report();
    }
  });
  setInterval(report, EVERY);
  report();
}
