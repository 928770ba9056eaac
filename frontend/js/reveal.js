// Show and hide a password.
export function bind() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-reveal]");
    if (!button) return;
    const input = document.getElementById(button.dataset.reveal);
    turn(button, input, input.type === "password");
  });
  // Sent as a password again, so that the browser neither suggests nor remembers it as text.
  document.addEventListener("submit", (event) => {
    for (const button of event.target.querySelectorAll("[data-reveal]")) {
      turn(button, document.getElementById(button.dataset.reveal), false);
    }
  });
}

function turn(button, input, shown) {
  input.type = shown ? "text" : "password";
  button.querySelector("[data-reveal-word]").textContent = shown ? "숨기기" : "보기";
}
