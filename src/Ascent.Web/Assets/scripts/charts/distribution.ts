import { barY, dot, text, tickY } from "@observablehq/plot";
import { below, bold, draw, ends, horizontal, ink, isNumber, narrow } from "./look";
import { rowsOf } from "./table";

const svg = "http://www.w3.org/2000/svg";

function make(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  return element;
}

function stripes(id: string): SVGElement {
  const pattern = make("pattern", { id, width: "8", height: "8", patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  pattern.append(make("rect", { width: "8", height: "8", fill: ink.surface }), make("path", { d: "M0 0v8", stroke: ink.hatch, "stroke-width": "4" }));
  const defs = make("defs", {});
  defs.append(pattern);
  return defs;
}

/** A bar for each grade, the nation as a diamond on its line. Withheld grades are striped, all of one height: it says nothing. */
export function drawDistribution(place: HTMLElement, width: number): Element {
  const { from = "", sign = "" } = place.dataset;
  const bars = rowsOf(from).map((row) => ({ grade: row.label, ours: row.figure("school"), theirs: row.figure("national") }));
  const isNarrow = width < narrow;
  const [, top] = ends([0, ...bars.flatMap(({ ours, theirs }) => [ours.value, theirs.value]).filter(isNumber), 1]);
  const shown = bars.filter(({ ours }) => ours.value !== undefined);
  const withheld = bars.filter(({ ours }) => ours.withheld);
  const compared = bars.filter(({ theirs }) => theirs.value !== undefined);
  const pattern = `${from}-withheld`;
  const x = "grade";
  const theirs = (d: (typeof bars)[number]): number | undefined => d.theirs.value;
  const isTouched = (d: (typeof bars)[number]): boolean => isNumber(d.theirs.value) && d.theirs.value - (d.ours.value ?? 0) < top * 0.1 && (d.ours.value ?? 0) - d.theirs.value < top * 0.02;
  const label = { x: "grade", text: (d: (typeof bars)[number]) => d.ours.text, fill: ink.school, fontSize: isNarrow ? 13 : 14, fontWeight: 600 };
  const inset = { insetLeft: isNarrow ? 2 : 5, insetRight: isNarrow ? 2 : 5 };
  return draw({
    width,
    height: isNarrow ? 300 : 350,
    marginTop: 24,
    marginRight: 6,
    marginBottom: 34,
    marginLeft: 44,
    x: { type: "band", domain: bars.map((d) => d.grade), padding: 0.12 },
    y: { domain: [0, top] },
    marks: [
      () => stripes(pattern),
      ...horizontal(sign, top),
      below(),
      barY(shown, { x, y1: 0, y2: (d) => d.ours.value, fill: ink.school, rx: 3, ...inset }),
      barY(withheld, { x, y1: 0, y2: () => top * 0.3, fill: `url(#${pattern})`, stroke: ink.edge, rx: 3, ...inset }),
      text(withheld, { x, y: () => 0, dy: -16, text: () => "c", fill: ink.text, stroke: ink.surface, strokeWidth: 5, ...bold }),
      tickY(compared, { x, y: theirs, stroke: ink.surface, strokeWidth: 5 }),
      tickY(compared, { x, y: theirs, stroke: ink.national, strokeWidth: 2 }),
      dot(compared, { x, y: theirs, symbol: "diamond", r: isNarrow ? 4 : 5, fill: ink.surface, stroke: ink.national, strokeWidth: 2 }),
      // Over the diamond where the two would touch, so that neither covers the other.
      text(shown.filter((d) => !isTouched(d)), { ...label, y: (d) => d.ours.value, dy: -12 }),
      text(shown.filter(isTouched), { ...label, y: (d) => Math.max(d.ours.value ?? 0, d.theirs.value ?? 0), dy: -19 }),
    ],
  });
}
