/* Uploads files one after the other, with progress, to the form's own address. Without it the
   form sends all files at once. Markup: templates/evidence/upload_form.html. */
"use strict";

for (const form of document.querySelectorAll("form[data-upload]")) {
  setUp(form);
}

function setUp(form) {
  const input = form.querySelector("input[type=file]");
  const box = form.querySelector("[data-drop]");
  const queue = new Map(); // File -> its row
  const choose = (files) => {
    for (const file of files) queue.set(file, addRow(form, file, () => queue.delete(file)));
    input.value = "";
    tell(form, "");
  };
  input.addEventListener("change", () => choose(input.files));
  box.querySelector("[data-drop-hint]").hidden = false;
  acceptDrops(box, choose);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!queue.size) return tell(form, form.dataset.none);
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    for (const [file, row] of queue) {
      if (await upload(form, file, row, input)) queue.delete(file);
    }
    button.disabled = false;
    button.focus();
  });
}

function acceptDrops(box, choose) {
  box.addEventListener("dragover", (event) => {
    event.preventDefault();
    box.classList.add("is-over");
  });
  box.addEventListener("dragleave", () => box.classList.remove("is-over"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    box.classList.remove("is-over");
    choose(event.dataTransfer.files);
  });
}

function addRow(form, file, forget) {
  const template = document.getElementById("upload-row");
  const row = template.content.firstElementChild.cloneNode(true);
  row.querySelector("[data-name]").textContent = file.name;
  row.querySelector("progress").setAttribute("aria-label", file.name);
  row.querySelector("[data-remove]").addEventListener("click", () => {
    forget();
    row.remove();
    form.querySelector("input[type=file]").focus();
  });
  form.querySelector("[data-rows]").append(row);
  return row;
}

/* One sentence above the rows; none to take it away. */
function tell(form, sentence) {
  form.querySelector("[data-sentence]")?.remove();
  if (!sentence) return;
  const line = document.createElement("li");
  line.dataset.sentence = "";
  line.textContent = sentence;
  form.querySelector("[data-rows]").prepend(line);
}

/* Whether the file is done with: stored or refused. Else it waits for another try. */
async function upload(form, file, row, input) {
  const remove = row.querySelector("[data-remove]");
  if (file.size > Number(input.dataset.maxBytes)) {
    say(row, form.dataset.large.replace("{name}", file.name));
    return true;
  }
  remove.hidden = true;
  const answer = await send(form, file, row, input.name);
  const page = new DOMParser().parseFromString(answer, "text/html");
  const outcomes = page.querySelectorAll("[data-outcome]");
  if (outcomes.length) {
    row.replaceWith(...outcomes);
    return true;
  }
  remove.hidden = false;
  const asked = page.querySelector("[data-retry]");
  say(row, asked ? asked.textContent : form.dataset.failed.replace("{name}", file.name));
  return false;
}

function say(row, sentence) {
  row.classList.add("outcome-refused");
  row.querySelector("progress").hidden = true;
  row.querySelector("[data-checking]").hidden = true;
  row.querySelector("[data-state]").hidden = false;
  row.querySelector("[data-state]").textContent = sentence;
}

/* Send the form with this one file; the answer's text, empty when the line fails. */
function send(form, file, row, name) {
  const progress = row.querySelector("progress");
  const data = new FormData(form);
  data.set(name, file);
  row.classList.remove("outcome-refused");
  row.querySelector("[data-state]").hidden = true;
  progress.hidden = false;
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", (event) => {
      progress.value = Math.round((100 * event.loaded) / event.total);
      row.querySelector("[data-checking]").hidden = event.loaded < event.total;
    });
    request.addEventListener("load", () => done(request.responseText));
    request.addEventListener("error", () => done(""));
    request.send(data);
  });
}
