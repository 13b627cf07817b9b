// Tables as spreadsheets copy and paste them: cells by tabs, rows by lines, quotes around cells that hold either.

/** Rows of cells; a cell that is a number as people write it becomes one. */
export function parse(text) {
  const rows = [];
  let row = [];
  let position = 0;
  while (position < text.length) {
    const [cell, end] = text[position] === '"' ? quoted(text, position) : bare(text, position);
    row.push(cell);
    position = end + 1;
    if (text[end] === "\t") {
      if (position >= text.length) row.push(null);
      continue;
    }
    if (text[end] === "\r" && text[position] === "\n") position += 1;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  while (rows.length > 0 && rows.at(-1).every((cell) => cell === null)) rows.pop();
  return rows;
}

function bare(text, start) {
  let end = start;
  while (end < text.length && !"\t\r\n".includes(text[end])) end += 1;
  return [value(text.slice(start, end)), end];
}

/** A quote that does not close before a tab or a line's end is a quote like any other. */
function quoted(text, start) {
  let end = start + 1;
  let cell = "";
  while (end < text.length) {
    if (text[end] === '"' && text[end + 1] === '"') {
      cell += '"';
      end += 2;
    } else if (text[end] === '"') {
      const isClosed = end + 1 === text.length || "\t\r\n".includes(text[end + 1]);
      return isClosed ? [cell, end + 1] : bare(text, start);
    } else {
      cell += text[end];
      end += 1;
    }
  }
  return bare(text, start);
}

/** `1 250,50`, `-3.5` and `12` are numbers; `007`, dates and numbers with more digits than a double keeps are texts. */
function value(text) {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  const plain = trimmed.replace(/(?<=\d)[  \u202f](?=\d{3}(\D|$))/g, "").replace(",", ".");
  const isNumber = /^-?(0|[1-9]\d*)(\.\d+)?$/.test(plain) && plain.replace(/\D/g, "").length <= 15;
  return isNumber ? Number(plain) : text;
}

/** The rows as a spreadsheet takes them. Numbers get a decimal comma where the page is Russian. */
export function write(rows, decimalComma) {
  return rows.map((row) => row.map((cell) => field(cell, decimalComma)).join("\t")).join("\n");
}

function field(cell, decimalComma) {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number") return decimalComma ? String(cell).replace(".", ",") : String(cell);
  const text = String(cell);
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
