// Says at each field that the site refused to save why it is not saved yet.

import { putAfter } from "./conflicts.js";
import { unitOf } from "./units.js";

// refused: [{ name, sentence }] of what was sent now. units: all that was sent now.
export function markRefused(form, refused, units) {
  for (const unit of units) {
    const sentence = refused.find(({ name }) => name === unit)?.sentence;
    const present = form.querySelector(`[data-refused="${unit}"]`);
    if (present?.textContent === sentence) {
      continue; // a screen reader need not say it again
    }
    present?.remove();
    if (sentence) {
      putAfter(form, unit, mark(unit, sentence));
    }
  }
}

// Takes back what the page said of fields when it came, now that they are stored.
// isAll: nothing else waits to be saved, so that the summary on top has nothing left to say.
export function forgetErrors(form, units, isAll) {
  const stored = [...form.elements].filter((field) => field.name && units.includes(unitOf(field.name)));
  for (const field of stored.filter((field) => field.classList.contains("is-invalid"))) {
    field.classList.remove("is-invalid");
    field.removeAttribute("aria-invalid");
    field.closest("td, .mb-3")?.querySelector(".invalid-feedback")?.remove();
  }
  const summary = form.querySelector(".error-summary");
  if (isAll && summary) {
    summary.remove();
    document.title = document.title.replace(form.dataset.textError, "").trimStart();
  }
}

function mark(unit, sentence) {
  const mark = document.createElement("p");
  mark.dataset.refused = unit;
  mark.className = "refused";
  mark.role = "alert";
  mark.textContent = sentence;
  return mark;
}
