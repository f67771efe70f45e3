// Keeps what a form sends until the next page, in this window only. Where nobody was signed in any
// more, the site leads back to the page of the form after signing in (?unsent, see
// accounts/middleware.py): what was sent stands in the form again, and [data-unsent-told] says so.
// Not for passwords, nor for forms that keep what is typed by themselves (autosave.js,
// kept-forms.js).

const KEY = "scorecard-unsent";
const person = document.querySelector("[data-person]")?.dataset.person; // none: signed out

function keep({ target: form }) {
  const keepsItself = "keep" in form.dataset || "autosave" in form.dataset;
  if (form.method !== "post" || keepsItself || form.querySelector("[type=password]")) {
    return;
  }
  const entries = [...new FormData(form)].filter(
    ([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string",
  );
  const sent = { person, page: location.pathname, place: forms().indexOf(form), entries };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(sent));
  } catch {
    // No storage here: the page works as it does without scripts.
  }
}

function take() {
  try {
    const sent = JSON.parse(sessionStorage.getItem(KEY));
    sessionStorage.removeItem(KEY);
    return sent;
  } catch {
    return null;
  }
}

const forms = () => [...document.querySelectorAll("main form[method=post]")];

function putBack(form, entries) {
  for (const field of form.elements) {
    if (!field.name || field.name === "csrfmiddlewaretoken") {
      continue;
    }
    const values = entries.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = values.includes(field.value);
    } else if (values.length && field.type !== "file") {
      field.value = values[0];
    }
  }
}

if (person) {
  const sent = take();
  const isBack = new URLSearchParams(location.search).has("unsent");
  const isTheirs = sent?.person === person && sent.page === location.pathname;
  const form = isBack && isTheirs && forms()[sent.place];
  if (form) {
    putBack(form, sent.entries);
    document.querySelector("[data-unsent-told]").hidden = false;
  }
}
document.addEventListener("submit", keep);
