// Saves a form field by field as it is filled in: <form data-autosave="URL" data-draft-key="...">.
// What cannot be saved now (line down, signed out, conflict, refused) stays in the page and in this
// browser; what is refused holds back nothing else. Without JavaScript the form has its Save button.
//
// A unit is what is saved as one: a field, or all rows of a measure. Each unsaved unit knows the
// version of the PI that the person had before them when they began to change it.

import { Drafts } from "./drafts.js";
import { askWhichText } from "./conflicts.js";
import { unitOf } from "./units.js";
import { forgetErrors, markRefused } from "./refused.js";

const PAUSE = 1500; // ms without typing
const RETRY = 5000; // ms after a failure

const form = document.querySelector("form[data-autosave]");
if (form) {
  start(form);
}

function start(form) {
  const status = document.querySelector("[data-autosave-status]");
  const drafts = new Drafts(form.dataset.draftKey);
  const unsaved = new Map(); // unit: base version
  const waiting = new Set(); // units in conflict, until the person has chosen
  const refused = new Set(); // units that the site refuses, until something else is entered or stored
  let timer;
  let isSending = false;

  const say = (text, isTrouble = false) => {
    status.textContent = text;
    status.classList.toggle("saved-not", isTrouble);
  };

  const schedule = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  };

  const isToSend = (unit) => !waiting.has(unit) && !refused.has(unit);

  const note = (unit, base) => {
    unsaved.set(unit, base ?? unsaved.get(unit) ?? form.elements.version.value);
    drafts.keep(unit, { base: unsaved.get(unit), entries: entriesOf(form, [unit]) });
  };

  const noteTyped = (unit) => {
    refused.clear(); // it may be what they lacked
    note(unit);
  };

  const settle = (unit) => {
    unsaved.delete(unit);
    waiting.delete(unit);
    drafts.drop(unit);
  };

  async function send() {
    const base = [...unsaved].find(([unit]) => isToSend(unit))?.[1];
    if (isSending || base === undefined) {
      return;
    }
    const units = [...unsaved.keys()].filter(
      (unit) => unsaved.get(unit) === base && isToSend(unit),
    );
    const entries = entriesOf(form, units);
    isSending = true;
    say(form.dataset.textSaving);
    try {
      const response = await post(form, base, entries);
      isSending = false;
      await receive(response, units, entries);
    } catch {
      isSending = false;
      say(form.dataset.textOffline, true);
      schedule(RETRY);
    }
  }

  async function receive(response, units, entries) {
    if (response.type === "opaqueredirect" || response.status === 401) {
      say(form.dataset.textSignedOut, true);
      return;
    }
    if (response.status === 403 && (await renewToken(form))) {
      schedule(0);
      return;
    }
    if (!response.headers.get("content-type")?.includes("json")) {
      say(form.dataset.textRefused, true);
      return;
    }
    const answer = await response.json();
    if (answer.reason) {
      say(`${answer.reason} ${form.dataset.textKept}`, true); // the assessment has moved on
      return;
    }
    accept(answer, units, entries);
  }

  function accept(answer, units, entries) {
    const version = String(answer.version);
    const isAsSent = (unit) =>
      same(entriesOf(form, [unit]), entries.filter(([name]) => unitOf(name) === unit));
    if (version !== form.elements.version.value) {
      refused.clear(); // so may what was stored
    }
    form.elements.version.value = version;
    const notStored = [...answer.conflicts, ...answer.refused].map(({ name }) => name);
    for (const unit of units.filter((unit) => !notStored.includes(unit))) {
      settle(unit);
      if (!isAsSent(unit)) {
        note(unit); // typed on while it was under way
      }
    }
    for (const [name, value] of Object.entries(answer.updates)) {
      if (!unsaved.has(unitOf(name))) {
        show(form, name, value);
      }
    }
    for (const { name } of answer.refused) {
      note(name, version); // it met no change of others, so that it goes on from here
      if (isAsSent(name)) {
        refused.add(name);
      }
    }
    markRefused(form, answer.refused, units);
    forgetErrors(form, units.filter((unit) => !notStored.includes(unit)), unsaved.size === 0);
    if (units.some((unit) => unit.startsWith("measure-")) || Object.keys(answer.updates).length) {
      form.dispatchEvent(new Event("recompute")); // what it gives has changed without a `change`
    }
    for (const conflict of answer.conflicts) {
      waiting.add(conflict.name);
      askWhichText(form, conflict, {
        keepTheirs: () => {
          settle(conflict.name);
          show(form, conflict.name, conflict.value);
        },
        keepMine: () => {
          waiting.delete(conflict.name);
          note(conflict.name, version);
          schedule(0);
        },
      });
    }
    say(answer.conflicts.length ? form.dataset.textConflict : answer.saved, notStored.length > 0);
    if ([...unsaved.keys()].some(isToSend)) {
      schedule(PAUSE);
    }
  }

  function restore() {
    for (const [unit, draft] of Object.entries(drafts.all())) {
      if (same(draft.entries, entriesOf(form, [unit])) && !("unsaved" in form.dataset)) {
        drafts.drop(unit);
        continue;
      }
      draft.entries.forEach(([name, value]) => show(form, name, value));
      unsaved.set(unit, draft.base);
    }
    if (unsaved.size && !("unsaved" in form.dataset)) {
      say(form.dataset.textRestored);
      schedule(0);
    }
  }

  form.addEventListener("input", (event) => {
    if (event.target.name) {
      noteTyped(unitOf(event.target.name));
      schedule(PAUSE);
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.form === form && event.target.name) {
      noteTyped(unitOf(event.target.name));
      schedule(0);
    }
  });
  window.addEventListener("online", () => schedule(0));
  window.addEventListener("focus", () => schedule(0)); // perhaps signed in again elsewhere
  restore();
}

function entriesOf(form, units) {
  const skipped = ["csrfmiddlewaretoken", "version"];
  return [...new FormData(form)].filter(
    ([name]) => units.includes(unitOf(name)) && !skipped.includes(name),
  );
}

function same(some, others) {
  return JSON.stringify(some) === JSON.stringify(others);
}

function show(form, name, value) {
  const field = form.elements[name];
  if (field) {
    field.value = value; // of radio buttons, too: their list takes the value
    const one = field instanceof RadioNodeList ? field[0] : field;
    one.dispatchEvent(new CustomEvent("shown", { bubbles: true }));
  }
}

function post(form, version, entries) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("version", version);
  entries.forEach(([name, value]) => body.append(name, value));
  const headers = { Accept: "application/json" };
  return fetch(form.dataset.autosave, { method: "POST", body, headers, redirect: "manual" });
}

// After signing in anew in another window the old token no longer holds.
async function renewToken(form) {
  const response = await fetch(location.pathname, { redirect: "manual" });
  if (!response.ok) {
    return false;
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const token = page.querySelector("#pi-form [name=csrfmiddlewaretoken]")?.value;
  const isNew = Boolean(token) && token !== form.elements.csrfmiddlewaretoken.value;
  if (isNew) {
    form.elements.csrfmiddlewaretoken.value = token;
  }
  return isNew && !form.dataset.renewed && (form.dataset.renewed = "once");
}
