import { readBlock } from "./subject-paste";

interface Place {
  row: number;
  column: number;
}

/** What one press did, to be taken back: the boxes and what they were. */
type Step = [HTMLInputElement, boolean][];

/**
 * The grid of pupils and subjects like a spreadsheet: arrows move, Shift and arrows choose a block, Space ticks, Ctrl+V pastes one. It only
 * ticks boxes of the form beneath; nothing is kept until Save.
 */
export function startSubjectGrids(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-grid]")) new SubjectGrid(form).start();
}

class SubjectGrid {
  private readonly table: HTMLTableElement;
  private readonly boxes: HTMLInputElement[][];
  private readonly subjects: string[];
  private readonly codes: string[];
  private readonly before = new Map<HTMLInputElement, boolean>();
  private readonly steps: Step[] = [];
  private at: Place = { row: 0, column: 0 };
  private anchor: Place = this.at;
  private marked: HTMLElement[] = [];
  private leaving = false;

  constructor(private readonly form: HTMLFormElement) {
    this.table = this.find("table");
    this.boxes = [...this.table.querySelectorAll("tr[data-row]")].map((row) => [...row.querySelectorAll<HTMLInputElement>("input[name=t]")]);
    const heads = [...this.table.querySelectorAll<HTMLElement>("th[data-subject]")];
    this.subjects = heads.map((head) => head.dataset.label ?? "");
    this.codes = heads.map((head) => head.dataset.subject ?? "");
  }

  start(): void {
    if (!this.boxes[0]?.[0]) return;
    this.table.setAttribute("role", "grid");
    this.table.setAttribute("aria-multiselectable", "true");
    this.table.setAttribute("aria-describedby", "grid-keys");
    this.find("#grid-keys").hidden = false;
    for (const box of this.boxes.flat()) {
      // As the page came: a browser that goes back fills in what was ticked last.
      this.before.set(box, box.defaultChecked);
      box.tabIndex = -1;
    }
    this.box(this.at).tabIndex = 0;
    this.table.addEventListener("keydown", (event) => this.press(event));
    this.table.addEventListener("focusin", (event) => this.follow(event.target));
    this.table.addEventListener("mousedown", (event) => this.point(event));
    this.table.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement) this.note([[event.target, !event.target.checked]]);
    });
    this.table.addEventListener("paste", (event) => this.paste(event));
    this.button("assign", () => this.setBlock(true));
    this.button("take", () => this.setBlock(false));
    this.button("clear", () => this.clear());
    this.button("undo", () => this.undo());
    this.button("assign-class", () => this.assignClasses());
    this.form.addEventListener("submit", () => {
      this.leaving = true;
    });
    window.addEventListener("beforeunload", (event) => {
      if (!this.leaving && this.changed() > 0) event.preventDefault();
    });
    this.count();
  }

  private press(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      event.preventDefault();
      this.undo();
      return;
    }
    if (event.key === "Escape" && this.isBlock()) {
      event.preventDefault();
      this.clear();
      return;
    }
    const to = this.target(event);
    if (!to) return;
    event.preventDefault();
    this.go(to, event.shiftKey);
  }

  private target(event: KeyboardEvent): Place | null {
    const { row, column } = this.at;
    const [lastRow, lastColumn] = [this.boxes.length - 1, this.subjects.length - 1];
    const far = event.ctrlKey || event.metaKey;
    switch (event.key) {
      case "ArrowUp":
        return { row: far ? 0 : Math.max(0, row - 1), column };
      // Enter would send the form.
      case "Enter":
        return { row: Math.min(lastRow, row + 1), column };
      case "ArrowDown":
        return { row: far ? lastRow : Math.min(lastRow, row + 1), column };
      case "ArrowLeft":
        return { row, column: far ? 0 : Math.max(0, column - 1) };
      case "ArrowRight":
        return { row, column: far ? lastColumn : Math.min(lastColumn, column + 1) };
      case "PageUp":
        return { row: Math.max(0, row - 10), column };
      case "PageDown":
        return { row: Math.min(lastRow, row + 10), column };
      case "Home":
        return { row: far ? 0 : row, column: 0 };
      case "End":
        return { row: far ? lastRow : row, column: lastColumn };
      default:
        return null;
    }
  }

  private go(to: Place, extend: boolean): void {
    this.box(this.at).tabIndex = -1;
    this.at = to;
    if (!extend) this.anchor = to;
    this.box(to).tabIndex = 0;
    this.box(to).focus();
    this.mark();
  }

  /** Focus that came by a click or with Tab. */
  private follow(target: EventTarget | null): void {
    const place = this.placeOf(target);
    if (!place || (place.row === this.at.row && place.column === this.at.column)) return;
    this.box(this.at).tabIndex = -1;
    this.at = place;
    this.anchor = place;
    this.box(place).tabIndex = 0;
    this.mark();
  }

  /** The whole cell is the target, not only the small box in it; with Shift it is the other corner of a block. */
  private point(event: MouseEvent): void {
    const cell = event.target instanceof Element ? event.target.closest("td") : null;
    const box = cell?.querySelector<HTMLInputElement>("input[name=t]");
    const place = this.placeOf(box ?? null);
    if (!box || !place || event.button !== 0) return;
    if (event.shiftKey) {
      event.preventDefault();
      this.go(place, true);
      // The click that follows would tick the box.
      box.addEventListener("click", (click) => click.preventDefault(), { once: true });
    } else if (event.target !== box) {
      event.preventDefault();
      this.go(place, false);
      box.click();
    }
  }

  private paste(event: ClipboardEvent): void {
    event.preventDefault();
    const block = this.block();
    const from: Place = { row: block.top, column: block.left };
    const size = this.isBlock() ? { rows: block.bottom - block.top + 1, columns: block.right - block.left + 1 } : null;
    const read = readBlock(event.clipboardData?.getData("text/plain") ?? "", (column) => this.names(from.column + column), size);
    if (read.rows === 0) return this.say("There is nothing to paste: copy cells of a spreadsheet first.");
    const room = { rows: this.boxes.length - from.row, columns: this.subjects.length - from.column };
    if (read.rows > room.rows || read.columns > room.columns)
      return this.say(`Nothing was pasted. The block is ${cells(read.rows, read.columns)}, and from this cell there is room for ${cells(room.rows, room.columns)}.`);
    const step: Step = [];
    const unread: string[] = [];
    read.cells.forEach((line, r) =>
      line.forEach((cell, c) => {
        const place = { row: from.row + r, column: from.column + c };
        if (cell.value === null) unread.push(`${this.name(place.row)}, ${this.subjects[place.column]}: “${cell.text}”`);
        else this.put(this.box(place), cell.value, step);
      }),
    );
    this.note(step);
    this.anchor = from;
    this.go({ row: from.row + read.rows - 1, column: from.column + read.columns - 1 }, true);
    const done = `Pasted ${cells(read.rows, read.columns)}: ${step.length} ${step.length === 1 ? "tick" : "ticks"} changed.`;
    this.say(unread.length === 0 ? done : `${done} ${unread.length} ${unread.length === 1 ? "cell was" : "cells were"} not understood and left alone: ${unread.slice(0, 3).join("; ")}${unread.length > 3 ? " …" : ""}. Write 1, x or yes; 0, no or nothing.`);
  }

  private setBlock(ticked: boolean): void {
    const step: Step = [];
    const { top, bottom, left, right } = this.block();
    for (let row = top; row <= bottom; row++) for (let column = left; column <= right; column++) this.put(this.box({ row, column }), ticked, step);
    this.note(step);
    this.box(this.at).focus();
    this.say(`${step.length} ${ticked ? "assigned" : "taken away"}.`);
  }

  /** The same as the button does without script, before Save: every pupil of the ticked classes gets the subject. */
  private assignClasses(): boolean {
    const select = this.find<HTMLSelectElement>("select[name=Subject]");
    const column = this.codes.indexOf(select.value);
    const ticked = new Set([...this.form.querySelectorAll<HTMLInputElement>("input[name=Classes]:checked")].map((box) => box.dataset.place));
    // What is missing or not shown here is the server's to tell or to do.
    if (column < 0 || ticked.size === 0 || this.form.dataset.grid === "part") return false;
    const step: Step = [];
    [...this.table.querySelectorAll<HTMLElement>("tr[data-row]")].forEach((row, place) => {
      if ((row.dataset.classes ?? "").split(" ").some((its) => ticked.has(its))) this.put(this.box({ row: place, column }), true, step);
    });
    this.note(step);
    this.say(`${step.length} ${step.length === 1 ? "pupil" : "pupils"} assigned to ${this.subjects[column]}.`);
    return true;
  }

  private put(box: HTMLInputElement, ticked: boolean, step: Step): void {
    if (box.checked === ticked) return;
    step.push([box, box.checked]);
    box.checked = ticked;
  }

  private note(step: Step): void {
    if (step.length > 0) this.steps.push(step);
    this.count();
  }

  private undo(): void {
    const step = this.steps.pop();
    if (!step) return;
    for (const [box, ticked] of step) box.checked = ticked;
    this.count();
    this.say(`${step.length} ${step.length === 1 ? "cell is" : "cells are"} as before.`);
    if (this.steps.length === 0) this.box(this.at).focus();
  }

  /** Sums at the top and at the right, and what waits for Save. */
  private count(): void {
    const heads = [...this.table.querySelectorAll<HTMLElement>("[data-sum]")];
    heads.forEach((head, column) => {
      const more = this.boxes.reduce((sum, row) => sum + Number(row[column]?.checked) - Number(this.before.get(row[column] as HTMLInputElement)), 0);
      head.textContent = String(Number(head.dataset.sum) + more);
    });
    for (const row of this.table.querySelectorAll<HTMLElement>("tr[data-row]")) {
      const sum = row.querySelector<HTMLElement>("[data-taken]");
      if (!sum) continue;
      let more = 0;
      for (const box of row.querySelectorAll<HTMLInputElement>("input[name=t]")) {
        const was = this.before.get(box) ?? false;
        more += Number(box.checked) - Number(was);
        box.closest("td")?.classList.toggle("is-changed", box.checked !== was);
      }
      sum.textContent = String(Number(sum.dataset.taken) + more);
    }
    const changed = this.changed();
    this.find("[data-changed]").textContent = changed === 0 ? "Nothing to save." : `${changed} ${changed === 1 ? "cell" : "cells"} changed, not saved yet.`;
    this.find("[data-save-bar]").classList.toggle("is-waiting", changed > 0);
    this.find<HTMLButtonElement>("[data-do=undo]").hidden = this.steps.length === 0;
  }

  private changed(): number {
    let changed = 0;
    for (const [box, was] of this.before) if (box.checked !== was) changed++;
    return changed;
  }

  private mark(): void {
    for (const cell of this.marked) {
      cell.classList.remove("is-chosen");
      cell.removeAttribute("aria-selected");
    }
    this.marked = [];
    const bar = this.find("[data-block]");
    bar.hidden = !this.isBlock();
    // One place for both, so that the grid does not move.
    this.find("#grid-keys").hidden = !bar.hidden;
    if (bar.hidden) return;
    const { top, bottom, left, right } = this.block();
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= right; column++) {
        const cell = this.box({ row, column }).closest<HTMLElement>("td");
        cell?.classList.add("is-chosen");
        cell?.setAttribute("aria-selected", "true");
        if (cell) this.marked.push(cell);
      }
    const [rows, columns] = [bottom - top + 1, right - left + 1];
    const names = columns <= 3 ? this.subjects.slice(left, right + 1).join(", ") : `${columns} subjects`;
    this.find("[data-block-words]").textContent = `${rows * columns} cells: ${rows} ${rows === 1 ? "pupil" : "pupils"}, ${names}`;
  }

  private clear(): void {
    this.anchor = this.at;
    this.mark();
    this.box(this.at).focus();
  }

  private block(): { top: number; bottom: number; left: number; right: number } {
    const [a, b] = [this.at, this.anchor];
    return { top: Math.min(a.row, b.row), bottom: Math.max(a.row, b.row), left: Math.min(a.column, b.column), right: Math.max(a.column, b.column) };
  }

  private isBlock(): boolean {
    return this.at.row !== this.anchor.row || this.at.column !== this.anchor.column;
  }

  private names(column: number): string[] {
    return [this.subjects[column] ?? "", this.codes[column] ?? ""];
  }

  private name(row: number): string {
    return this.table.querySelectorAll("tr[data-row] th .ascent-matrix__name")[row]?.textContent?.trim() ?? "";
  }

  private placeOf(target: EventTarget | null): Place | null {
    if (!(target instanceof HTMLInputElement) || target.name !== "t") return null;
    const row = this.boxes.findIndex((line) => line.includes(target));
    return row < 0 ? null : { row, column: this.boxes[row]?.indexOf(target) ?? 0 };
  }

  private box(place: Place): HTMLInputElement {
    return this.boxes[place.row]?.[place.column] as HTMLInputElement;
  }

  private say(words: string): void {
    this.find("[data-said]").textContent = words;
  }

  private button(name: string, deed: () => boolean | void): void {
    const button = this.form.querySelector<HTMLButtonElement>(`[data-do=${name}]`);
    button?.addEventListener("click", (event) => {
      if (deed() !== false) event.preventDefault();
    });
  }

  private find<T extends HTMLElement = HTMLElement>(selector: string): T {
    const found = this.form.querySelector<T>(selector);
    if (!found) throw new Error(`The grid has no ${selector}`);
    return found;
  }
}

function cells(rows: number, columns: number): string {
  return `${rows} ${rows === 1 ? "pupil" : "pupils"} by ${columns} ${columns === 1 ? "subject" : "subjects"}`;
}
