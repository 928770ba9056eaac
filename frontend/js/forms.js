// Forms: sent once and busy meanwhile; a refusal comes back into the page and gets the focus.
const ONCE = 5000;

let chosen = new Map(); // files that were chosen in a form that is about to be replaced

export function bind() {
  focusOnProblems(document);
  document.addEventListener("submit", holdSecond, true);
  document.addEventListener("submit", begin);
  document.addEventListener("htmx:finally:request", ({ detail }) => detail.ctx.hx?.redirect || end(detail.ctx.sourceElement));
  document.addEventListener("htmx:before:swap", ({ detail }) => rememberFiles(detail.ctx.sourceElement));
  document.addEventListener("htmx:after:swap", ({ detail }) => takeUp(detail.ctx));
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(end));
}

function holdSecond(event) {
  if (!event.target.dataset.sent) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function begin(event) {
  const form = event.target;
  const isTaken = form.hasAttribute("hx-post"); // htmx prevents the browser's own sending
  if (form.method !== "post" || (event.defaultPrevented && !isTaken)) return;
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  event.submitter?.classList.add("is-busy");
  if (!isTaken) setTimeout(() => end(form), ONCE); // the answer may be a file, and the page stays
}

function end(form) {
  if (!form.dataset?.sent) return;
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  form.querySelectorAll(".is-busy").forEach((button) => button.classList.remove("is-busy"));
}

function rememberFiles(form) {
  chosen = new Map();
  for (const input of form?.querySelectorAll?.('input[type="file"]') ?? []) {
    if (input.files.length) chosen.set(input.name, input.files);
  }
}

function takeUp(ctx) {
  const form = ctx.select && ctx.response?.status === 422 ? document.querySelector(ctx.select) : null;
  if (!form) return;
  for (const [name, files] of chosen) {
    const input = form.querySelector(`input[type="file"][name="${CSS.escape(name)}"]`);
    if (!input) continue;
    input.files = files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  focusOnProblems(form);
}

function focusOnProblems(within) {
  within.querySelector("[data-error-summary], [data-take-focus]")?.focus();
}
