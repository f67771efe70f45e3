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
    const faults = faultsOf(form);
    markFields(form, faults);
    if (faults.length) return tell(form, form.dataset.fields);
    tell(form, "");
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    for (const [file, row] of queue) {
      if (await upload(form, file, row, input)) queue.delete(file);
      if (form.querySelector(".is-invalid")) break; // the other files would be refused as well
    }
    button.disabled = false;
    document.querySelector("[data-done]").hidden = !form.querySelector(".outcome-stored, .outcome-held");
    if (!form.querySelector(".is-invalid")) button.focus();
  });
}

/* What can be seen here already: [field, sentence] for the fields that all files share. */
function faultsOf(form) {
  const fields = [...form.elements].filter((field) => field.name && field.type !== "file");
  const faults = fields
    .filter((field) => !field.checkValidity())
    .map((field) => [field, field.validationMessage]);
  const { period_from: from, period_to: to } = form.elements;
  if (from.value && to.value && to.value < from.value) faults.push([to, form.dataset.period]);
  return faults;
}

/* Say at each field what is wrong with it, and go to the first. No faults take the marks away. */
function markFields(form, faults) {
  for (const line of form.querySelectorAll("[data-fault]")) line.remove();
  for (const field of form.querySelectorAll(".is-invalid")) {
    field.classList.remove("is-invalid");
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-errormessage");
  }
  for (const [field, sentence] of faults) {
    const line = document.createElement("p");
    line.dataset.fault = "";
    line.role = "alert";
    line.className = "invalid-feedback d-block";
    line.id = `${field.id}-fault`;
    line.textContent = sentence;
    field.after(line);
    field.classList.add("is-invalid");
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-errormessage", line.id);
  }
  faults[0]?.[0].focus();
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
  if (asked) markFields(form, refusedFields(form, asked));
  return false;
}

function refusedFields(form, asked) {
  return [...asked.querySelectorAll("[data-field]")]
    .map((line) => [document.getElementById(line.dataset.field), line.textContent])
    .filter(([field]) => form.contains(field) && field.matches("input, select, textarea"));
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
