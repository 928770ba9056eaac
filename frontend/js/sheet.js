// Tables of inputs: paste from a spreadsheet, move by arrow keys, add and take back rows.
import { cellsOf } from "./clipboard.js";
import { once } from "./once.js";
import { placed, plain } from "./placing.js";

const CELL = "input:not([type=hidden], [type=radio], [type=checkbox]), select, input[type=checkbox]:not([name$='-_gone'])";
const MANY_GONE = "지운 줄이 많아 줄을 더할 수 없습니다. 지운 줄을 되살려 적어 주세요.";
const undone = new WeakMap(); // table → how it stood before the last paste

function bind() {
  document.addEventListener("paste", pasted);
  document.addEventListener("keydown", moved);
  document.addEventListener("click", clicked);
}

const sheetOf = (element) => element.closest?.("[data-sheet]");
const rowsOf = (sheet) => [...sheet.querySelectorAll("[data-sheet-row]")];
/** The control of each cell of a row, in the order of the columns. */
const cellsIn = (row) => [...row.querySelectorAll("td[data-label]")].map((cell) => cell.querySelector(CELL));

function clicked(event) {
  const button = event.target.closest?.("[data-sheet] button");
  if (!button) return;
  const sheet = sheetOf(button);
  if ("sheetMore" in button.dataset) {
    event.preventDefault();
    const row = grow(sheet);
    if (row) cellsIn(row)[0].focus();
    else tell(sheet, isFull(sheet) ? `${limit(sheet)}줄까지 적을 수 있습니다.` : MANY_GONE);
  }
  if ("sheetRemove" in button.dataset) turn(sheet, button);
  if ("sheetUndo" in button.dataset) undo(sheet, button);
}

const limit = (sheet) => Number(sheet.dataset.limit);
const standing = (sheet) => rowsOf(sheet).filter((row) => !row.classList.contains("is-gone"));

const isFull = (sheet) => standing(sheet).length >= limit(sheet);

/** One more row at the end; null when there are as many as there may be, removed ones among them. */
function grow(sheet) {
  const count = sheet.querySelector("[data-sheet-rows]");
  const at = Number(count.value);
  if (isFull(sheet) || at >= Number(sheet.dataset.most)) return null;
  const template = document.createElement("template");
  template.innerHTML = sheet
    .querySelector("[data-sheet-new]")
    .innerHTML.replaceAll("__row__", at)
    .replaceAll("__number__", at + 1);
  const row = template.content.querySelector("[data-sheet-row]");
  sheet.querySelector("tbody").append(row);
  count.value = at + 1;
  return row;
}

/** A removed row stays where it is, so that it can be taken back. */
function turn(sheet, button) {
  const row = button.closest("[data-sheet-row]");
  const isGone = row.classList.toggle("is-gone");
  row.querySelector("input[name$='-_gone']").checked = isGone;
  button.setAttribute("aria-pressed", isGone);
  const number = row.querySelector("th").textContent.trim().match(/^\d+/)[0];
  tell(sheet, isGone ? `${number}번째 줄을 지웠습니다. 같은 단추로 되살릴 수 있습니다.` : `${number}번째 줄을 되살렸습니다.`);
  changed(sheet);
}

function pasted(event) {
  const cell = event.target.closest?.("[data-sheet-row] td[data-label]") && event.target;
  if (!cell?.matches(CELL)) return;
  const found = cellsOf(event.clipboardData);
  if (!found || (found.length === 1 && found[0].length === 1)) return;
  event.preventDefault();
  const sheet = sheetOf(cell);
  remember(sheet);
  const row = cell.closest("[data-sheet-row]");
  const how = { labels: labelsOf(row), choices: cellsIn(row).map(choicesOf), form: JSON.parse(sheet.dataset.form) };
  spread(sheet, cell, placed(found, { ...how, begin: cellsIn(row).indexOf(cell) }));
}

const labelsOf = (row) => [...row.querySelectorAll("td[data-label]")].map((cell) => cell.dataset.label);

function choicesOf(control) {
  if (!(control instanceof HTMLSelectElement)) return null;
  return [...control.options].filter((option) => option.value).map((option) => plain(option.text));
}

function spread(sheet, cell, rows) {
  let row = cell.closest("[data-sheet-row]");
  const misfits = [];
  let beside = 0;
  let taken = 0;
  let last = cell;
  for (const texts of rows) {
    row = taken ? next(row) : row;
    if (!row) break;
    const cells = cellsIn(row);
    beside += texts.slice(cells.length).filter((text) => text.trim()).length;
    cells.forEach((control, at) => {
      if (texts[at] === undefined) return;
      last = control;
      if (!fill(last, texts[at].trim())) misfits.push(last);
    });
    taken += 1;
  }
  last.focus();
  changed(sheet);
  report(sheet, { taken, left: rows.length - taken, misfits, beside });

  function next(from) {
    let following = from.nextElementSibling;
    while (following?.classList.contains("is-gone")) following = following.nextElementSibling;
    return following ?? grow(sheet);
  }
}

function report(sheet, { taken, left, misfits, beside }) {
  const parts = [`${taken}줄을 붙여 넣었습니다.`];
  const why = isFull(sheet) ? `한 번에 ${limit(sheet)}줄까지 적을 수 있어` : "지운 줄이 많아";
  if (left) parts.push(`${why} ${left}줄은 넣지 않았습니다.`);
  if (misfits.length) parts.push(`목록에 없는 값 ${misfits.length}개는 비워 두었습니다.`);
  if (beside) parts.push(`표의 칸보다 많이 복사한 값 ${beside}개는 넣지 않았습니다.`);
  if (misfits.length || beside) parts.push(`칸의 차례는 ${labelsOf(rowsOf(sheet)[0]).join(", ")}입니다.`);
  tell(sheet, parts.join(" "));
}

/** Whether the text could be put in; a choice is found by what is read. */
function fill(control, text) {
  if (control.type === "checkbox") {
    control.checked = /^(y|yes|예|o|ㅇ|○|v|1|true)$/i.test(text);
    return true;
  }
  if (!(control instanceof HTMLSelectElement)) {
    control.value = text;
    const note = control.closest("[data-picker]")?.querySelector("[data-picker-note]");
    if (note) note.textContent = ""; // who is meant by another name is found out on sending
    control.dispatchEvent(new Event("change", { bubbles: true })); // money says what it understood
    return true;
  }
  const found = [...control.options].find((option) => plain(option.text) === plain(text) || option.value === text);
  control.value = found ? found.value : "";
  return Boolean(found);
}

function remember(sheet) {
  const rows = rowsOf(sheet);
  undone.set(sheet, rows.map((row) => cellsIn(row).map((cell) => (cell.type === "checkbox" ? cell.checked : cell.value))));
  sheet.querySelector("[data-sheet-undo]").hidden = false;
}

/** As it stood before the last paste; rows that came with it go again. */
function undo(sheet, button) {
  const before = undone.get(sheet) ?? [];
  rowsOf(sheet).forEach((row, at) => {
    if (!before[at]) return row.remove();
    cellsIn(row).forEach((cell, column) => {
      if (cell.type === "checkbox") cell.checked = before[at][column];
      else cell.value = before[at][column];
      cell.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
  sheet.querySelector("[data-sheet-rows]").value = before.length;
  sheet.querySelector("[data-sheet-more]").focus();
  button.hidden = true;
  tell(sheet, "붙여 넣기를 되돌렸습니다.");
}

/** Drafts hear of it like of typing. */
const changed = (sheet) => sheet.dispatchEvent(new Event("change", { bubbles: true }));

function tell(sheet, text) {
  sheet.querySelector("[data-sheet-said]").textContent = text;
}

function moved(event) {
  const cell = event.target;
  const row = cell.closest?.("[data-sheet-row]");
  if (!row || !cell.matches(CELL) || event.isComposing || event.defaultPrevented || event.altKey || event.metaKey) return;
  const to = goal(event, cell, row);
  if (to === undefined) return;
  event.preventDefault();
  to?.focus();
  if (to?.select) to.select();
}

/** Where the key leads: undefined when it is not ours, null when there is nothing. */
function goal(event, cell, row) {
  const column = cellsIn(row).indexOf(cell);
  const isChoice = cell instanceof HTMLSelectElement;
  const at = (other) => (other ? cellsIn(other)[column] : null);
  switch (event.key) {
    case "Enter":
      return at(event.shiftKey ? row.previousElementSibling : (row.nextElementSibling ?? grow(sheetOf(row))));
    case "ArrowDown":
      return isChoice && !event.ctrlKey ? undefined : at(row.nextElementSibling);
    case "ArrowUp":
      return isChoice && !event.ctrlKey ? undefined : at(row.previousElementSibling);
    case "ArrowLeft":
      return isAtEnd(cell, 0) ? cellsIn(row)[column - 1] : undefined;
    case "ArrowRight":
      return isAtEnd(cell, cell.value.length) ? cellsIn(row)[column + 1] : undefined;
    default:
      return undefined;
  }
}

function isAtEnd(cell, place) {
  if (cell instanceof HTMLSelectElement || cell.type === "checkbox") return true;
  return cell.selectionStart === place && cell.selectionEnd === place;
}

once("sheet", bind);
