import { dot, line, ruleX, text } from "@observablehq/plot";
import { below, bold, dashes, draw, ends, horizontal, ink, isNumber, narrow, stop } from "./look";
import { rowsOf } from "./table";

/** Points with their intervals over the years; the nation dashed, with hollow diamonds. A year without a figure breaks the line. */
export function drawTrend(place: HTMLElement, width: number): Element {
  const { from, school = "", national = "", sign = "" } = place.dataset;
  const years = rowsOf(from).map((row) => ({ year: row.label, ours: row.figure("school"), theirs: row.figure("national") }));
  const isNarrow = width < narrow;
  const [bottom, top] = ends(years.flatMap(({ ours, theirs }) => [ours.value, ours.lower, ours.upper, theirs.value]).filter(isNumber));
  const shown = years.filter(({ ours }) => ours.value !== undefined);
  const withInterval = shown.filter(({ ours }) => ours.lower !== undefined);
  const compared = years.filter(({ theirs }) => theirs.value !== undefined);
  const lastOurs = shown.slice(-1);
  const lastTheirs = compared.slice(-1);
  const oursAbove = (lastOurs[0]?.ours.value ?? 0) >= (lastTheirs[0]?.theirs.value ?? 0);
  const isClose = Math.abs((lastOurs[0]?.ours.value ?? 0) - (lastTheirs[0]?.theirs.value ?? 0)) < (top - bottom) / 12;
  const apart = isClose ? 10 : 0;
  // The figure stands over its interval, or under it where the nation's mark would lie in the way.
  const isUnder = ({ ours, theirs }: (typeof years)[number]): boolean => {
    const high = ours.upper ?? ours.value ?? 0;
    return theirs.value !== undefined && theirs.value >= high && theirs.value < high + (top - bottom) / 6;
  };
  const withheld = years.filter(({ ours }) => ours.withheld);
  const label = { x: "year", text: (d: (typeof years)[number]) => d.ours.text + sign, fill: ink.school, stroke: ink.surface, strokeWidth: 4, ...bold };
  const x = "year";
  const y = (d: (typeof years)[number]): number | undefined => d.ours.value;
  const theirs = (d: (typeof years)[number]): number | undefined => d.theirs.value;
  const name = { x, textAnchor: "start", dx: 16, ...bold } as const;
  return draw({
    width,
    height: isNarrow ? 310 : 340,
    marginTop: isNarrow ? 52 : 28,
    marginRight: isNarrow ? 14 : 106,
    marginBottom: 34,
    marginLeft: 48,
    x: { type: "point", domain: years.map((d) => d.year), padding: isNarrow ? 0.5 : 0.22 },
    y: { domain: [bottom, top] },
    marks: [
      ...horizontal(sign, top),
      // Four years and more stand side by side on a small screen without their century.
      below(isNarrow && years.length > 3 ? (year) => year.replace(/^\d\d(?=\d\d\/)/, "") : undefined),
      ruleX(withInterval, { x, y1: (d) => d.ours.lower, y2: (d) => d.ours.upper, stroke: ink.school, strokeWidth: 2 }),
      dot(withInterval, { x, y: (d) => d.ours.lower, symbol: stop, stroke: ink.school, strokeWidth: 2 }),
      dot(withInterval, { x, y: (d) => d.ours.upper, symbol: stop, stroke: ink.school, strokeWidth: 2 }),
      line(years, { x, y: theirs, stroke: ink.national, strokeWidth: 2, strokeDasharray: dashes, strokeLinecap: "round" }),
      line(years, { x, y, stroke: ink.school, strokeWidth: 3, strokeLinecap: "round" }),
      dot(compared, { x, y: theirs, symbol: "diamond", r: 6, fill: ink.surface, stroke: ink.national, strokeWidth: 2 }),
      dot(shown, { x, y, r: 6.5, fill: ink.school, stroke: ink.surface, strokeWidth: 1.5 }),
      text(shown.filter((d) => !isUnder(d)), { ...label, y: (d) => d.ours.upper ?? d.ours.value, dy: -14 }),
      text(shown.filter(isUnder), { ...label, y: (d) => d.ours.lower ?? d.ours.value, dy: 14 }),
      dot(withheld, { x, y: () => bottom, dy: -16, symbol: "square", r: 11, fill: ink.surface, stroke: ink.edge }),
      text(withheld, { x, y: () => bottom, text: () => "c", dy: -16, fill: ink.text, ...bold }),
      ...(isNarrow
        ? [
            dot([0], { x: null, y: null, frameAnchor: "top-left", dx: 2, dy: -38, r: 6, fill: ink.school }),
            text([school], { frameAnchor: "top-left", dx: 16, dy: -45, textAnchor: "start", fill: ink.school, ...bold }),
            dot([0], { x: null, y: null, frameAnchor: "top-left", dx: 112, dy: -38, symbol: "diamond", r: 5, fill: ink.surface, stroke: ink.national, strokeWidth: 2 }),
            text([national], { frameAnchor: "top-left", dx: 126, dy: -45, textAnchor: "start", fill: ink.national, ...bold }),
          ]
        : [
            text(lastOurs, { ...name, y, text: () => school, dy: oursAbove ? -apart : apart, fill: ink.school }),
            text(lastTheirs, { ...name, y: theirs, text: () => national, dy: oursAbove ? apart : -apart, fill: ink.national }),
          ]),
    ],
  });
}
