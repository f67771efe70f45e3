// Offers what a person typed on an older version of a form: to look at, to take or to drop.

// kept: { at, entries }. take: puts it into the form; returns whether all of it found a place.
export function offer(form, kept, { take, drop }) {
  const notice = document.getElementById("kept-template").content.firstElementChild.cloneNode(true);
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  notice.querySelector("[data-kept-at]").textContent = new Date(kept.at).toLocaleString(
    language || undefined,
    { dateStyle: "medium", timeStyle: "short" },
  );
  for (const [name, value] of kept.entries.filter((entry) => differs(form, entry))) {
    notice.querySelector("dl").append(...inWords(form, name, value));
  }
  const close = () => {
    notice.remove();
    form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  };
  notice.querySelector("[data-take]").addEventListener("click", () => {
    if (take()) {
      close();
    } else {
      notice.querySelector("[data-no-place]").hidden = false;
      notice.querySelector("details").open = true;
    }
  });
  notice.querySelector("[data-drop]").addEventListener("click", () => {
    drop();
    close();
  });
  form.before(notice);
}

function differs(form, [name, value]) {
  return value !== (form.elements[name]?.value ?? "");
}

function inWords(form, name, value) {
  const term = document.createElement("dt");
  const text = document.createElement("dd");
  const field = form.elements[name];
  if (field instanceof RadioNodeList) {
    const chosen = [...field].find((radio) => radio.value === value);
    term.textContent = chosen?.closest("fieldset")?.querySelector("legend")?.textContent ?? name;
    text.textContent = chosen?.labels[0]?.textContent ?? value;
  } else {
    term.textContent = field?.labels?.[0]?.textContent || field?.ariaLabel || name;
    const option = [...(field?.options ?? [])].find((one) => one.value === value);
    text.textContent = option?.textContent ?? value;
  }
  return [term, text];
}
