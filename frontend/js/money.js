// Money fields: what was understood stands beside the input while it is typed.
import { once } from "./once.js";
import { echo, read } from "./won.js";

function bind() {
  for (const type of ["input", "change"]) document.addEventListener(type, ({ target }) => show(target.closest?.("[data-money]")));
}

function show(field) {
  if (!field) return;
  const text = field.querySelector("input").value;
  const unit = field.querySelector("select")?.selectedOptions[0] ?? field.querySelector("[data-power]");
  const amount = text.trim() ? read(text, Number(unit.dataset.power)) : null;
  const output = field.querySelector("[data-money-echo]");
  if (amount !== null) output.textContent = echo(amount);
  else output.textContent = text.trim() ? "아직 금액으로 읽을 수 없습니다." : "";
}

once("money", bind);
