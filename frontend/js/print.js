// The print button, and the note the server takes whenever personal data is printed.
import { post } from "./requests.js";

export function bind() {
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) window.print();
  });
  // Also reached by the browser's own print command, not only by our button.
  window.addEventListener("beforeprint", () => {
    const logged = document.querySelector("[data-print-log]");
    if (logged) post(logged.dataset.printLog, { keepalive: true });
  });
}
