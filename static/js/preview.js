// Shows under a text field how the text will look: <div data-preview="ID" data-preview-url="URL">
// with a button and a place for the text. Hidden in the page until this script is there.

const PAUSE = 600; // ms without typing

document.querySelectorAll("[data-preview]").forEach(start);

function start(block) {
  const field = document.getElementById(block.dataset.preview);
  const button = block.querySelector("button");
  const place = block.querySelector(".preview-text");
  let timer;
  let latest = 0;

  async function show() {
    const mine = ++latest;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
    body.set("text", field.value);
    let html;
    try {
      const response = await fetch(block.dataset.previewUrl, { method: "POST", body, redirect: "manual" });
      html = response.ok ? await response.text() : null;
    } catch {
      html = null; // the line is down
    }
    if (mine !== latest) {
      return; // a later text is under way
    }
    if (html === null) {
      place.textContent = block.dataset.textFailed;
    } else {
      place.innerHTML = html;
    }
  }

  const follow = () => {
    clearTimeout(timer);
    if (!place.hidden) {
      timer = setTimeout(show, PAUSE);
    }
  };

  button.addEventListener("click", () => {
    place.hidden = !place.hidden;
    button.setAttribute("aria-expanded", String(!place.hidden));
    if (!place.hidden) {
      show();
    }
  });
  field.addEventListener("input", follow);
  field.addEventListener("shown", follow); // autosave.js took over another text
  block.hidden = false;
}
