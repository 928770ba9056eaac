// The print button, and the note the server takes whenever personal data is printed.
import { post, sentenceOf } from "./requests.js";
import { toast } from "./toast.js";

let isNoted = false; // by our button, before the browser's dialog opens

export function bind() {
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) print();
  });
  // Also reached by the browser's own print command, which no page can hold back.
  window.addEventListener("beforeprint", () => isNoted || note());
}

/** What could not be noted is not printed. */
async function print() {
  if (!(await note())) return;
  isNoted = true;
  try {
    window.print();
  } finally {
    isNoted = false;
  }
}

async function note() {
  const logged = document.querySelector("[data-print-log]");
  if (!logged) return true;
  let response;
  try {
    response = await post(logged.dataset.printLog, { keepalive: true });
  } catch {
    response = null;
  }
  if (response?.ok) return true;
  toast(await sentenceOf(response), "late");
  return false;
}
