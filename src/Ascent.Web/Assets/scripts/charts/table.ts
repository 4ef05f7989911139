// What a chart is drawn from: the table beside it. Cells carry what they show as figures, so a chart can say no more than its table.

export interface Figure {
  readonly value: number | undefined;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
  readonly withheld: boolean;
  /** As the cell writes it: "64", "+0.24". */
  readonly text: string;
}

export interface Row {
  readonly label: string;
  readonly element: HTMLTableRowElement;
  readonly figure: (cell: string) => Figure;
}

const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

function read(row: HTMLTableRowElement, name: string): Figure {
  const cell = row.querySelector<HTMLElement>(`[data-cell="${name}"]`);
  const data = cell?.dataset ?? {};
  return {
    value: number(data["value"]),
    lower: number(data["lower"]),
    upper: number(data["upper"]),
    withheld: data["withheld"] !== undefined,
    text: (cell?.querySelector("strong") ?? cell)?.textContent?.trim() ?? "",
  };
}

export function rowsOf(id: string | undefined): Row[] {
  const table = id === undefined ? null : document.getElementById(id);
  return [...(table?.querySelectorAll<HTMLTableRowElement>("tbody tr") ?? [])].map((element) => ({
    label: element.dataset["label"] ?? "",
    element,
    figure: (cell) => read(element, cell),
  }));
}
