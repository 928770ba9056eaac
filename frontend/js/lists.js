// Lists: ticked rows are counted and said; after a swap the summary is said, after a step it has the focus.
const LIST = "#list";
const ROWS = "[data-list-row]";

export function bind() {
  count();
  document.addEventListener("change", ({ target }) => {
    if (target.matches?.("[data-list-all]")) tickAll(target);
    if (target.matches?.(`${ROWS}, [data-list-all]`)) count();
  });
  document.addEventListener("htmx:after:swap", ({ detail }) => {
    if (!document.querySelector(LIST)) return;
    count();
    settle(detail.ctx?.sourceElement);
  });
  window.addEventListener("pageshow", count); // the browser may bring ticks back
}

function tickAll(all) {
  for (const box of all.closest("table").querySelectorAll(ROWS)) box.checked = all.checked;
}

function count() {
  const bar = document.getElementById("list-bulk");
  if (!bar) return;
  const boxes = [...document.querySelectorAll(ROWS)];
  const ticked = boxes.filter((box) => box.checked).length;
  const all = document.querySelector("[data-list-all]");
  all.checked = ticked > 0 && ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
  bar.dataset.count = String(ticked);
  const words = bar.querySelector("[data-list-count]");
  words.textContent = ticked ? `${ticked}${words.dataset.unit} 골랐습니다.` : words.dataset.none;
}

/** The list was swapped whole: its summary is said, and steps lead to the beginning of the rows. */
function settle(source) {
  const summary = document.getElementById("list-summary");
  const said = document.getElementById("list-said");
  if (said) said.textContent = summary?.textContent || document.querySelector(`${LIST} .mk-empty strong`)?.textContent || "";
  if (!source?.closest?.(".mk-pager") && !source?.id?.startsWith("list-next")) return;
  document.querySelector(LIST).scrollIntoView({ block: "start" });
  summary?.focus({ preventScroll: true });
}
