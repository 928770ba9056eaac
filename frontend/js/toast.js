// Passing messages in the live region of the shell; those about trouble stay until shut.
const STAY = 6000;

export function bind() {
  document.addEventListener("click", (event) => {
    event.target.closest?.("[data-toast-close]")?.closest(".mk-toast")?.remove();
  });
  // The server may send HX-Trigger: {"mk:toast": {"text": "…", "tone": "ok"}}.
  document.addEventListener("mk:toast", ({ detail }) => toast(detail.text, detail.tone));
}

/** `tone`: info, ok, warn or late, as for alerts. */
export function toast(text, tone = "info") {
  const region = document.getElementById("toasts");
  const template = document.getElementById("toast-template");
  if (!region || !template) return;
  const item = template.content.firstElementChild.cloneNode(true);
  item.classList.add(`mk-tone-${tone}`);
  item.querySelector("[data-toast-text]").textContent = text;
  region.append(item);
  if (tone === "info" || tone === "ok") setTimeout(() => item.remove(), STAY);
}
