// Keeps what is typed into a form in this browser until the site has it:
// <form data-keep="KEY" data-text-kept="..."> with a hidden "version" that each save changes, and a
// [data-kept-status] to say so. For forms that are saved as a whole; autosave.js keeps those that
// are saved field by field. An answer that refuses what was sent (data-unsaved) shows it anyway.
//
// What was kept on an older version than the page has is offered, see kept-offers.js: the site may
// not have it. Not so what this person sent, if the last save is this person's (data-mine).

import { Drafts } from "./drafts.js";
import { offer } from "./kept-offers.js";

const NOT_TYPED = /^(csrfmiddlewaretoken|version)$|_FORMS$/;

const form = document.querySelector("form[data-keep]");
if (form) {
  start(form);
}

function start(form) {
  const drafts = new Drafts(form.dataset.keep);
  const version = form.elements.version.value;
  let base = version;

  const entries = () => [...new FormData(form)].filter(([name]) => !NOT_TYPED.test(name));

  const say = () => {
    document.querySelector("[data-kept-status]").textContent = form.dataset.textKept;
  };

  function keep(event) {
    if (event.target.form === form) {
      drafts.keep("form", { base, entries: entries() });
    }
  }

  const isStored = (draft) =>
    (draft.isSent && "mine" in form.dataset) || same(filled(draft.entries), filled(entries()));

  // Whoever takes an older text goes on from what they had before them, if the site can compare.
  function take(unit, draft) {
    base = "keepVersion" in form.dataset ? draft.base : version;
    form.elements.version.value = base;
    const isAllPlaced = putBack(form, draft);
    drafts.keep("form", { base, entries: entries() });
    say();
    if (isAllPlaced) {
      drafts.drop(unit);
    }
    return isAllPlaced;
  }

  function restore() {
    const draft = drafts.all().form;
    if (draft?.base === version) {
      putBack(form, draft);
      say();
    } else if (draft) {
      drafts.drop("form");
      if (!isStored(draft)) {
        drafts.keep(`from ${draft.at}`, draft); // apart from what is typed now
      }
    }
    for (const [unit, kept] of Object.entries(drafts.all())) {
      if (unit !== "form") {
        offer(form, kept, { take: () => take(unit, kept), drop: () => drafts.drop(unit) });
      }
    }
  }

  if (!("unsaved" in form.dataset)) {
    restore();
  }
  document.addEventListener("input", keep);
  document.addEventListener("change", keep);
  form.addEventListener("submit", () => {
    const draft = drafts.all().form;
    if (draft) {
      drafts.keep("form", { ...draft, isSent: true });
    }
  });
}

// Returns whether the form has a place for everything.
function putBack(form, draft) {
  const typed = draft.entries.filter(([name]) => !NOT_TYPED.test(name));
  const placed = typed.filter(([name]) => form.elements[name]);
  for (const [name, value] of placed) {
    form.elements[name].value = value; // of radio buttons, too: their list takes the value
  }
  return filled(placed).length === filled(typed).length;
}

function filled(entries) {
  return entries
    .filter(([name, value]) => value !== "" && !NOT_TYPED.test(name))
    .map(([name, value]) => [name, value.replaceAll("\r\n", "\n").trim()]);
}

function same(some, others) {
  return JSON.stringify(some) === JSON.stringify(others);
}
