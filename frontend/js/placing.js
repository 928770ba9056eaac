// Which cell of a table of inputs takes which text that was copied elsewhere.

export const plain = (text) => text.replace(/[\s*]/g, "");

/**
 * Rows of texts for all columns of the table, undefined where nothing was copied for one.
 *
 * `labels` are the columns and `choices` their choices, if they have any; `form` are the columns of
 * a form in Excel as [title, label, isEnough]; `begin` is the column of the cell pasted into.
 */
export function placed(rows, { labels, choices, form, begin }) {
  const own = labels.map((label) => [label, label, true]);
  const heading = rows.length > 1 && headingOf(rows[0], [...form, ...own]);
  if (heading) return rows.slice(1).map((texts) => byName(texts, heading, labels));
  if (isOfForm(rows, { labels, choices, form })) return rows.map((texts) => byName(texts, form, labels));
  return rows.map((texts) => [...Array(begin).fill(undefined), ...texts]);
}

/** The columns that the first row names; null where it is no row of headings. */
function headingOf(texts, known) {
  const named = texts.map((text) => known.find(([title]) => plain(title) === plain(text)));
  const isHeading = texts.some((text) => text.trim()) && texts.every((text, at) => named[at] || !text.trim());
  return isHeading ? named : null;
}

/** Whether choices stand where the form has them, and not where the table has them. */
function isOfForm(rows, { labels, choices, form }) {
  return labels.some((label, at) => {
    const there = form.findIndex(([, of]) => of === label);
    const isChoice = (text) => choices[at]?.includes(plain(text ?? ""));
    return there > at && rows.every((texts) => isChoice(texts[there]) && !isChoice(texts[at]));
  });
}

/** Several columns that make one are put together; one that is enough stands for all of them. */
function byName(texts, columns, labels) {
  return labels.map((label) => {
    const own = columns.map((column, at) => [column, texts[at]?.trim() ?? ""]).filter(([column]) => column?.[1] === label);
    if (!own.length) return undefined;
    const enough = own.find(([column, text]) => column[2] && text);
    return enough ? enough[1] : own.map(([, text]) => text).filter(Boolean).join(" ");
  });
}
