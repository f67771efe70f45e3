// Shows two texts of one field side by side and lets the person choose, or merge in the field.

export function askWhichText(form, conflict, { keepTheirs, keepMine }) {
  const field = form.elements[conflict.name] ?? firstOf(form, conflict.name);
  const place = (field instanceof RadioNodeList ? field[0] : field).closest(
    ".mb-3, .segmented, .table-scroll, .result-bar",
  );
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
  if (form.contains(place)) {
    place.after(block);
  } else {
    form.append(block);
  }
  block.focus();
}

function firstOf(form, unit) {
  return [...form.elements].find((field) => field.name?.startsWith(`${unit}-`));
}
