// Shows two texts of one field side by side and lets the person choose, or merge in the field.

export function askWhichText(form, conflict, { keepTheirs, keepMine }) {
  form.querySelector(`[data-conflict="${conflict.name}"]`)?.remove();
  const block = document.getElementById("conflict-template").content.firstElementChild.cloneNode(true);
  block.dataset.conflict = conflict.name;
  block.querySelector("[data-label]").textContent = conflict.label;
  block.querySelector("[data-by]").textContent = conflict.by;
  block.querySelector("[data-theirs]").textContent = conflict.theirs;
  const close = (choose) => () => {
    block.remove();
    choose();
  };
  const theirs = block.querySelector("[data-keep=theirs]");
  theirs.hidden = conflict.value === null; // the rows of a measure come with a reload
  theirs.addEventListener("click", close(keepTheirs));
  block.querySelector("[data-keep=mine]").addEventListener("click", close(keepMine));
  putAfter(form, conflict.name, block);
  block.focus();
}

// Puts a block behind a field; behind the form where the field stands in the bar below it.
export function putAfter(form, unit, block) {
  const field = form.elements[unit] ?? firstOf(form, unit);
  const place = (field instanceof RadioNodeList ? field[0] : field)?.closest(
    ".mb-3, .segmented, .table-scroll, .result-bar",
  );
  if (form.contains(place ?? null)) {
    place.after(block);
  } else {
    form.append(block);
  }
}

function firstOf(form, unit) {
  return [...form.elements].find(
    (field) => field.type !== "hidden" && field.name?.startsWith(`${unit}-`),
  );
}
