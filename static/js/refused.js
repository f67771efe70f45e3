// Says at each field that the site refused to save why it is not saved yet.

import { putAfter } from "./conflicts.js";

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

function mark(unit, sentence) {
  const mark = document.createElement("p");
  mark.dataset.refused = unit;
  mark.className = "refused";
  mark.role = "alert";
  mark.textContent = sentence;
  return mark;
}
