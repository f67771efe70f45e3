// Passkeys: shows what needs them only where the browser knows them, and says in words when a
// passkey was not used. The dance itself is allauth's webauthn.js.

document.addEventListener("DOMContentLoaded", () => {
  if (window.PublicKeyCredential) {
    document.querySelectorAll("[data-needs-passkeys]").forEach((part) => { part.hidden = false; });
  } else {
    document.querySelectorAll("[data-without-passkeys]").forEach((part) => { part.hidden = false; });
  }
});

document.addEventListener("allauth.error", (event) => {
  const problem = document.querySelector("[data-passkey-problem]");
  if (!problem) return;
  event.preventDefault();
  const texts = problem.dataset;
  const text = { InvalidStateError: texts.known, SecurityError: texts.refused }[event.detail.exception.name];
  problem.hidden = false;
  problem.querySelector("p").textContent = text || texts.cancelled;
});
