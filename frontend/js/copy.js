// Copy the text of another element.
import { toast } from "./toast.js";

export function bind() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    const items = source.querySelectorAll("li");
    const text = items.length
      ? [...items].map((item) => item.textContent.trim()).join("\n")
      : (source.dataset.value ?? source.textContent.trim());
    try {
      await navigator.clipboard.writeText(text);
      toast("복사했습니다.", "ok");
    } catch {
      select(source);
      toast("이 브라우저에서는 바로 복사할 수 없습니다. 선택된 글을 직접 복사해 주세요.", "warn");
    }
  });
}

function select(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}
