// Counts the ticked PIs while they are ticked. Without it the count is that of the last save.
for (const form of document.querySelectorAll("[data-choice]")) {
  const count = form.querySelector("[data-choice-count]");
  const bar = count.closest("[role=status]");

  const show = () => {
    const chosen = form.querySelectorAll("[name=chosen]:checked").length;
    if (count.textContent !== String(chosen)) {
      count.textContent = chosen;
    }
    bar.classList.toggle("choice-enough", chosen >= Number(form.dataset.least));
  };

  form.addEventListener("change", show);
  show(); // a browser that goes back keeps the ticks of before
}
