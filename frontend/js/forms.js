// Forms: the summary of errors gets the focus, and a double click sends a form only once.
const ONCE = 5000;

export function bind() {
  document.querySelector("[data-error-summary]")?.focus();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, ONCE); // the answer may be a file, and the page stays
  });
}
