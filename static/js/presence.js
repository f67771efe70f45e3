// Tells who else is writing in this PI: <div data-presence="URL"> beside the form.

import { unitOf } from "./units.js";

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
    const headers = { Accept: "application/json" };
    const request = { method: "POST", body, headers, redirect: "manual" };
    const response = await fetch(place.dataset.presence, request);
    if (response.ok) {
      place.innerHTML = await response.text();
    } else if (response.status === 409) {
      place.textContent = (await response.json()).reason; // the assessment has moved on
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
