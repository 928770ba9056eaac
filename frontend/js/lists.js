// Lists: ticked rows are counted and said; after a swap the summary is said, after a step it has the focus.
const LIST = "#list";
const COLUMNS = "#list-columns";
const ROWS = "[data-list-row]";

let isStep = false; // the swap under way leads to other rows
let isOfColumns = false; // it was asked for in the menu of columns, which comes back shut

export function bind() {
  count();
  document.addEventListener("change", ({ target }) => {
    if (target.matches?.("[data-list-all]")) tickAll(target);
    if (target.matches?.(`${ROWS}, [data-list-all]`)) count();
  });
  document.addEventListener("htmx:before:swap", ({ detail }) => {
    const source = detail.ctx?.sourceElement;
    isStep = Boolean(source?.closest?.(`${LIST} .mk-pager`));
    isOfColumns = Boolean(source?.closest?.(COLUMNS));
  });
  document.addEventListener("htmx:after:swap", () => {
    if (!document.querySelector(LIST)) return;
    count();
    say();
    if (isStep) begin();
    if (isOfColumns) document.querySelector(`${COLUMNS} > summary`).focus();
    isStep = isOfColumns = false;
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
  const isTooMuch = ticked > Number(words.dataset.most);
  const said = `${ticked}${words.dataset.unit} 골랐습니다.`;
  words.textContent = isTooMuch ? `${said} ${words.dataset.much}` : ticked ? said : words.dataset.none;
  for (const button of bar.querySelectorAll("button")) button.disabled = isTooMuch;
}

/** The list was swapped whole, so that a reader of the screen would hear nothing of it. */
function say() {
  const said = document.getElementById("list-said");
  const nothing = document.querySelector(`${LIST} .mk-empty strong`);
  if (said) said.textContent = document.getElementById("list-summary").textContent || nothing?.textContent || "";
}

/** Other rows are read from the first on. */
function begin() {
  document.querySelector(LIST).scrollIntoView({ block: "start" });
  document.getElementById("list-summary").focus({ preventScroll: true });
}
