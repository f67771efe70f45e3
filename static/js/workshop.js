// Keeps a page of the workshop live: says when the line is down, follows the Room when it moves on.
//
// <p data-lost="Connection lost"> is filled while polling fails, <p data-moved="..."> when the Room
// has moved on and somebody is writing: then the page waits. Ctrl + Enter presses [data-next-step],
// or sends the form in which one writes.

const lost = document.querySelector("[data-lost]");
const moved = document.querySelector("[data-moved]");
const statusLine = document.querySelector("[data-status-line]");
const shortcut = document.querySelector("[data-shortcut]");

function say(line, words) {
  if (line && line.textContent !== words) {
    line.textContent = words;
  }
}


function isChanged(field) {
  if (field.type === "radio") {
    return field.checked !== field.defaultChecked;
  }
  if (field.options) {
    const first = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(first, 0);
  }
  return field.type !== "hidden" && field.value !== field.defaultValue;
}

function isWriting() {
  return [...document.querySelectorAll("form[data-kept] :is(input, textarea, select)")].some(isChanged);
}

document.addEventListener("htmx:afterRequest", (event) => {
  const { status } = event.detail.xhr;
  say(lost, status >= 200 && status < 400 ? "" : lost?.dataset.lost);
});

// What is news is told to those who do not see it, once, from a line that stays in the page.
document.addEventListener("htmx:afterSwap", () => {
  say(statusLine, document.querySelector("[data-status]")?.textContent.replace(/\s+/g, " ").trim() ?? "");
});

// The session has ended: the answer is the sign-in page, which belongs into the window, not here.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  const asked = new URL(requestConfig.path, location.href).pathname;
  if (xhr.responseURL && new URL(xhr.responseURL).pathname !== asked) {
    event.detail.shouldSwap = false;
    location.reload();
  }
});

document.addEventListener("room-moved", () => {
  if (isWriting()) {
    say(moved, moved?.dataset.moved);
  } else {
    location.reload();
  }
});

if (shortcut) {
  shortcut.hidden = false;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.ctrlKey) {
    return;
  }
  const form = event.target.closest("form[data-kept]");
  const button = form?.querySelector("button[type=submit]") ?? document.querySelector("[data-next-step]");
  button?.click();
});
