// Shows what this browser keeps of a PI that can no longer be written in:
// <section data-kept-of="KEY" hidden> with [data-unit="NAME"] for each field, see autosave.js.

import { Drafts } from "./drafts.js";

const section = document.querySelector("[data-kept-of]");
if (section) {
  const drafts = new Drafts(section.dataset.keptOf);
  for (const [unit, { entries }] of Object.entries(drafts.all())) {
    const place = section.querySelector(`[data-unit="${unit}"]`);
    if (place) {
      place.querySelector("dd").textContent = entries.map(([, value]) => value).join(", ");
      place.hidden = section.hidden = false;
    }
  }
  section.querySelector("[data-drop]").addEventListener("click", () => {
    Object.keys(drafts.all()).forEach((unit) => drafts.drop(unit));
    section.hidden = true;
  });
}
