import { areaY, axisX, dot, line, text } from "@observablehq/plot";
import { bold, draw, ends, horizontal, ink, isNumber, narrow } from "./look";
import { rowsOf } from "./table";

interface Pupil {
  readonly key: string;
  readonly name: string;
  readonly standing: string;
  readonly isChosen: boolean;
  readonly start: number;
  readonly outcome: number;
}

function pupilsOf(id: string | undefined): Pupil[] {
  return rowsOf(id).flatMap((row) => {
    const [start, outcome] = [row.figure("start").value, row.figure("outcome").value];
    const data = row.element.dataset;
    return isNumber(start) && isNumber(outcome)
      ? [{ key: data["key"] ?? "", name: row.label, standing: data["standing"] ?? "", isChosen: row.element.ariaCurrent === "true", start, outcome }]
      : [];
  });
}

/** A mark for each pupil: far above and far below differ in shape and colour. The one looked at in the list is ringed and named. */
export function drawScatter(place: HTMLElement, width: number): Element {
  const { from, estimates, x = "", y = "", lowest = "0", looked } = place.dataset;
  const pupils = pupilsOf(from);
  const points = rowsOf(estimates).map((row) => ({
    start: row.figure("start").value,
    estimate: row.figure("estimate").value,
    lower: row.figure("lower").value,
    upper: row.figure("upper").value,
  }));
  const isNarrow = width < narrow;
  const [left, right] = ends([...pupils.map((p) => p.start), ...points.map((p) => p.start).filter(isNumber)]);
  const [low, top] = ends([Number(lowest), ...pupils.map((p) => p.outcome), ...points.flatMap((p) => [p.lower, p.upper]).filter(isNumber)]);
  const of = (standing: string): Pupil[] => pupils.filter((p) => p.standing === standing);
  const chosen = pupils.filter((p) => (looked === undefined ? p.isChosen : p.key === looked));
  const at = { x: "start", y: "outcome" };
  const isRight = (p: Pupil): boolean => p.start > left + (right - left) * 0.6;
  const named = { ...at, text: "name", fill: ink.text, stroke: ink.surface, strokeWidth: 5, ...bold } as const;
  return draw({
    width,
    height: isNarrow ? 340 : 470,
    marginTop: 34,
    marginRight: 12,
    marginBottom: isNarrow ? 64 : 54,
    marginLeft: 44,
    x: { type: "linear", domain: [left, right] },
    y: { type: "linear", domain: [low, top] },
    marks: [
      areaY(points, { x: "start", y1: "lower", y2: "upper", fill: ink.band }),
      ...horizontal("", top),
      axisX({ label: null, tickSize: 0, tickPadding: 10, ticks: isNarrow ? 4 : 8 }),
      text([y], { frameAnchor: "top-left", dx: -38, dy: -32, textAnchor: "start", fill: ink.national, fontSize: 14 }),
      text([x], { frameAnchor: "bottom-right", lineAnchor: "top", dy: isNarrow ? 28 : 34, textAnchor: "end", fill: ink.national, fontSize: 14, lineWidth: width / 15 }),
      line(points, { x: "start", y: "estimate", stroke: ink.national, strokeWidth: 2, strokeDasharray: "3 4" }),
      dot(of("AsMost"), { ...at, r: 4, fill: ink.most, stroke: ink.surface, strokeWidth: 1 }),
      dot(of("FarAbove"), { ...at, r: 5.2, symbol: "triangle", fill: ink.school, stroke: ink.surface, strokeWidth: 1 }),
      dot(of("FarBelow"), { ...at, r: 5.2, symbol: "triangle", rotate: 180, fill: ink.below, stroke: ink.surface, strokeWidth: 1 }),
      dot(chosen, { ...at, r: 12, stroke: ink.chosen, strokeWidth: 3 }),
      text(chosen.filter((p) => !isRight(p)), { ...named, textAnchor: "start", dx: 18 }),
      text(chosen.filter(isRight), { ...named, textAnchor: "end", dx: -18 }),
    ],
  });
}

/** Looking at a row of the list, by pointer or by focus, rings that pupil's mark; looking away rings the chosen one again. */
export function followList(place: HTMLElement, redraw: () => void): void {
  const list = place.parentElement;
  const look = (event: Event, begins: boolean): void => {
    const key = (event.target as Element).closest<HTMLElement>("[data-find]")?.dataset["find"];
    const next = begins ? key : undefined;
    if (place.dataset["looked"] === next) {
      return;
    }
    if (next === undefined) {
      delete place.dataset["looked"];
    } else {
      place.dataset["looked"] = next;
    }
    redraw();
  };
  list?.addEventListener("focusin", (event) => look(event, true));
  list?.addEventListener("focusout", (event) => look(event, false));
  list?.addEventListener("pointerover", (event) => look(event, true));
  list?.addEventListener("pointerleave", (event) => look(event, false));
}
