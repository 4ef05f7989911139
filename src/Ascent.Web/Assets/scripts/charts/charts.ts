// Only pages with charts load this: it carries Observable Plot. Each chart is drawn from the table that it names, and the table stays.
import { drawDistribution } from "./distribution";
import { drawScatter, followList } from "./scatter";
import { drawTrend } from "./trend";

const kinds: Readonly<Record<string, (place: HTMLElement, width: number) => Element>> = {
  trend: drawTrend,
  distribution: drawDistribution,
  scatter: drawScatter,
};

for (const place of document.querySelectorAll<HTMLElement>("[data-chart]")) {
  const draw = kinds[place.dataset["chart"] ?? ""];
  if (!draw) {
    continue;
  }
  let drawn = 0;
  const redraw = (): void => {
    drawn = place.clientWidth;
    place.replaceChildren(draw(place, drawn));
  };
  // On paper the drawing scales; it is drawn anew only when the screen gives it another width.
  new ResizeObserver(() => {
    if (place.clientWidth > 0 && place.clientWidth !== drawn && !matchMedia("print").matches) {
      redraw();
    }
  }).observe(place);
  if (place.dataset["chart"] === "scatter") {
    followList(place, redraw);
  }
}
