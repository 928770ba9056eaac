// A link to a confirmation page opens as a dialog; without a script it is simply that page.
export function bind() {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[data-confirm]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
    event.preventDefault();
    const content = await question(link.href);
    if (content) ask(content, link);
    else location.assign(link.href);
  });
}

async function question(url) {
  try {
    const response = await fetch(url, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return response.ok && !response.redirected ? page.querySelector("main .mk-confirm") : null;
  } catch {
    return null;
  }
}

function ask(content, opener) {
  const dialog = document.createElement("dialog");
  dialog.className = "mk-dialog";
  dialog.setAttribute("aria-labelledby", "confirm-title");
  dialog.append(document.importNode(content, true));
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("[data-confirm-cancel]")) return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    opener.focus();
  });
  document.body.append(dialog);
  window.htmx?.process(dialog);
  dialog.showModal();
}
