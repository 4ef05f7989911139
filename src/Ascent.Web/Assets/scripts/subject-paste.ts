/** A cell of a pasted block: assigned, not assigned, or null for what cannot be understood. */
export interface PastedCell {
  text: string;
  value: boolean | null;
}

export interface PastedBlock {
  rows: number;
  columns: number;
  cells: PastedCell[][];
}

const assigned = new Set(["1", "x", "y", "yes", "true", "t", "✓", "✔", "☑", "✅"]);
const notAssigned = new Set(["", "0", "n", "no", "false", "f", "-", "–", "☐"]);

/**
 * Reads what a spreadsheet puts on the clipboard: tabs between cells, a line for each row, quotation marks round cells that hold either. A
 * single cell fills the block that is chosen.
 * @param names what a column is called: the subject itself counts as a tick.
 */
export function readBlock(text: string, names: (column: number) => string[], chosen: { rows: number; columns: number } | null): PastedBlock {
  let rows = split(text);
  const [only] = rows;
  if (chosen && rows.length === 1 && only?.length === 1) rows = Array.from({ length: chosen.rows }, () => Array.from({ length: chosen.columns }, () => only[0] ?? ""));
  const columns = Math.max(0, ...rows.map((row) => row.length));
  // A row that is shorter than the others ends in empty cells.
  const cells = rows.map((row) => Array.from({ length: columns }, (_, column) => read(row[column] ?? "", names(column))));
  return { rows: rows.length, columns, cells };
}

function read(text: string, names: string[]): PastedCell {
  const word = text.trim().toLowerCase();
  const value = assigned.has(word) || (word !== "" && names.some((name) => name.toLowerCase() === word)) ? true : notAssigned.has(word) ? false : null;
  return { text: text.trim().slice(0, 40), value };
}

function split(text: string): string[][] {
  if (text === "") return [];
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const end = (): void => {
    rows.at(-1)?.push(cell);
    cell = "";
  };
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] as string;
    if (quoted && letter === '"' && text[i + 1] === '"') {
      cell += letter;
      i++;
    } else if (letter === '"' && (quoted || cell === "")) {
      quoted = !quoted;
    } else if (!quoted && letter === "\t") {
      end();
    } else if (!quoted && (letter === "\n" || letter === "\r")) {
      if (letter === "\r" && text[i + 1] === "\n") i++;
      end();
      rows.push([]);
    } else {
      cell += letter;
    }
  }
  end();
  // Spreadsheets end the last row too.
  if (rows.length > 1 && rows.at(-1)?.length === 1 && rows.at(-1)?.[0] === "" && /[\r\n]$/.test(text)) rows.pop();
  return rows;
}
