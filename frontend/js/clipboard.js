// What a spreadsheet, a word processor or a page puts on the clipboard, as rows of texts.

/** Rows of cells; null when there is nothing to spread. */
export function cellsOf(clipboard) {
  const text = clipboard.getData("text/plain");
  if (text.includes("\t")) return separated(text);
  const table = tableIn(clipboard.getData("text/html"));
  if (table) return table;
  return text.trim().includes("\n") ? separated(text) : null;
}

/** Tab-separated; a cell with line breaks, tabs or quotation marks stands in quotation marks. */
function separated(text) {
  const rows = [[""]];
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    const row = rows.at(-1);
    if (isQuoted) {
      if (sign !== '"') row[row.length - 1] += sign;
      else if (text[at + 1] === '"') row[row.length - 1] += text[(at += 1)];
      else isQuoted = false;
    } else if (sign === '"' && row.at(-1) === "") isQuoted = true;
    else if (sign === "\t") row.push("");
    else if (sign === "\n") rows.push([""]);
    else if (sign !== "\r") row[row.length - 1] += sign;
  }
  if (rows.length > 1 && rows.at(-1).join("") === "") rows.pop();
  return rows.map((row) => row.map((cell) => cell.replace(/\s*\n\s*/g, " ")));
}

/** Cells that span several rows or columns count once, the places they cover are empty. */
function tableIn(html) {
  const table = html && new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (!table) return null;
  const rows = [...table.rows].map(() => []);
  [...table.rows].forEach((tr, at) => {
    let column = 0;
    for (const cell of tr.cells) {
      while (rows[at][column] !== undefined) column += 1;
      for (let down = 0; down < cell.rowSpan && at + down < rows.length; down += 1) {
        for (let right = 0; right < cell.colSpan; right += 1) rows[at + down][column + right] = "";
      }
      rows[at][column] = cell.textContent.trim().replace(/\s+/g, " ");
    }
  });
  return rows.map((row) => Array.from(row, (text) => text ?? ""));
}
