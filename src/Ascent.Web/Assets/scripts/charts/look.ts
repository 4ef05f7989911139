import { axisX, axisY, gridY, plot } from "@observablehq/plot";
import type { Markish, PlotOptions, SymbolImplementation } from "@observablehq/plot";

// School and nation look the same on every chart of the product. Colours are the style sheet's, so that high contrast can change them.
export const ink = {
  text: "var(--ascent-ink)",
  school: "var(--ascent-chart-school)",
  national: "var(--ascent-chart-comparator)",
  grid: "var(--ascent-chart-grid)",
  hatch: "var(--ascent-chart-hatch)",
  edge: "var(--ascent-line-strong)",
  surface: "var(--ascent-surface)",
  band: "var(--ascent-chart-band)",
  most: "var(--ascent-chart-most)",
  below: "var(--ascent-chart-below)",
  chosen: "var(--ascent-chart-chosen)",
};

export const bold = { fontSize: 15, fontWeight: 600 };
export const dashes = "2 5";
export const narrow = 480;

/** The end of an interval. */
export const stop: SymbolImplementation = {
  draw(context) {
    context.moveTo(-6, 0);
    context.lineTo(6, 0);
  },
};

const lines = 5;

export const horizontal = (sign: string, top: number): Markish[] => [
  gridY({ ticks: lines, stroke: ink.grid, strokeOpacity: 1 }),
  axisY({ ticks: lines, label: null, tickSize: 0, tickPadding: 8, tickFormat: (tick: number) => `${String(tick).replace("-", "−")}${tick === top ? sign : ""}` }),
];

export const below = (write: (label: string) => string = (label) => label): Markish => axisX({ label: null, tickSize: 0, tickPadding: 12, tickFormat: write });

/**
 * Draws without the style element that Plot writes into every chart: the content policy lets no page write styles, and its few rules stand in
 * our own sheet. It goes before the chart enters the page, so the policy never sees it.
 */
export function draw(options: PlotOptions): SVGSVGElement & ReturnType<typeof plot> {
  const chart = plot({ className: "ascent-plot", ...options }) as SVGSVGElement & ReturnType<typeof plot>;
  chart.querySelector("style")?.remove();
  chart.setAttribute("font-size", "14");
  chart.setAttribute("focusable", "false");
  return chart;
}

/** Round ends for an axis that holds all values, with about five steps between. */
export function ends(values: readonly number[]): [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const rough = Math.max(high - low, 1e-9) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((s) => s * power >= rough * 0.999) ?? 10);
  const round = (value: number): number => Number(value.toFixed(6));
  return [round(Math.floor(low / step) * step), round(Math.ceil(high / step) * step)];
}

export const isNumber = (value: number | undefined): value is number => value !== undefined;
