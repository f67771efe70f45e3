// Keeps what is typed into a form in this browser until the site has it:
// <form data-keep="KEY" data-text-kept="..."> with a hidden "version" that each save raises, and a
// [data-kept-status] to say so. For forms that are saved as a whole; autosave.js keeps those that
// are saved field by field. An answer that refuses what was sent (data-unsaved) shows it anyway.

import { Drafts } from "./drafts.js";

const form = document.querySelector("form[data-keep]");
if (form) {
  start(form);
}

function start(form) {
  const drafts = new Drafts(form.dataset.keep);
  const version = form.elements.version.value;

  const entries = () =>
    [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "version"].includes(name));

  function keep(event) {
    if (event.target.form === form) {
      drafts.keep("form", { base: version, entries: entries() });
    }
  }

  function putBack(draft) {
    for (const [name, value] of draft.entries) {
      if (form.elements[name]) {
        form.elements[name].value = value; // of radio buttons, too: their list takes the value
      }
    }
    document.querySelector("[data-kept-status]").textContent = form.dataset.textKept;
  }

  const draft = drafts.all().form;
  if (draft && !("unsaved" in form.dataset)) {
    if (draft.base === version) {
      putBack(draft);
    } else {
      drafts.drop("form"); // it was saved, here or in another window
    }
  }
  document.addEventListener("input", keep);
  document.addEventListener("change", keep);
}
