/** Dots: a quantity by what it may depend on, be that a number or a category. */
import { type Content, emptyContent, type FigureOptions, figure, widthOf } from "../figure.js";
import { legendOf } from "../legend.js";
import { brief, percentage } from "../numbers.js";
import { COLOURS } from "../style.js";
import { element, group, hint, type Markup } from "../svg.js";
import { fixed, type Plot, plotOf } from "./axes.js";
import type { Point } from "./line-chart.js";
import type { AxisOptions } from "./scales.js";

export interface Dot extends Pick<Point, "x" | "y"> {
  /** What it is, shown beside the pointer. */
  readonly name?: string;
}

export interface Dots {
  readonly name: string;
  readonly dots: readonly Dot[];
}

export interface DotChartOptions extends FigureOptions {
  readonly x: AxisOptions;
  readonly y: AxisOptions;
  /** What the dots come to at each x: a line; with categories, a stroke at each. */
  readonly line?: { readonly name: string; readonly points: readonly Pick<Point, "x" | "y">[] };
  /** Height of the plot alone, in pixels; by default in proportion to the width. */
  readonly plotHeight?: number;
}

/**
 * All dots in one plot, those of the last set on top, with a legend where there are several things.
 *
 * @returns an SVG document
 * @throws {RangeError} if the width is too small
 */
export function dotChart(sets: readonly Dots[], options: DotChartOptions): string {
  return figure(options, contentOf(sets, options));
}

function contentOf(sets: readonly Dots[], options: DotChartOptions): Content {
  const width = widthOf(options);
  const { line, plotHeight = Math.min(260, Math.max(150, width * 0.42)) } = options;
  const all = [...sets.flatMap(({ dots }) => dots), ...(line?.points ?? [])];
  if (!all.some(({ x, y }) => Number.isFinite(x) && y !== undefined && Number.isFinite(y))) {
    return emptyContent(width, "nothing was measured");
  }
  const entries = sets.map(({ name }, k) => ({ name, sample: dotAt(12, 0, k) }));
  if (line !== undefined) entries.push({ name: line.name, sample: stroke("M0 0H24") });
  const legend = legendOf(entries.length > 1 ? entries : [], width);
  const xs = all.map(({ x }) => x);
  const plot = plotOf(
    [...xs, ...margins(xs, options.x)],
    all.map(({ y }) => y),
    { x: options.x, y: options.y, width, top: legend.height, plotHeight },
  );
  const dots = sets.map(({ name, dots }, k) => {
    return group({}, hint(name), ...dots.flatMap((dot) => drawn(dot, k, plot)));
  });
  const path = line && pathOf(line.points, plot, options.x.categories !== undefined);
  return {
    height: plot.height,
    marks: [...legend.marks, ...plot.marks, ...dots, ...(path ? [stroke(path)] : [])],
    summary: summaryOf(sets, options),
  };
}

/** Values beyond the first and the last, so that no dot is on the edge of the plot. */
function margins(xs: readonly number[], { log, categories }: AxisOptions): number[] {
  const [measure, inverse] = log ? [Math.log, Math.exp] : [Number, Number];
  const known = xs.filter((x) => Number.isFinite(x) && (!log || x > 0)).map(measure);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  if (categories !== undefined || !(low < high)) return [];
  const margin = (high - low) / 25;
  return [inverse(low - margin), inverse(high + margin)];
}

function drawn({ x, y, name }: Dot, set: number, plot: Plot): Markup[] {
  const [px, py] = [plot.x.at(x), plot.y.at(y)];
  return px === undefined || py === undefined ? [] : [dotAt(px, py, set, name)];
}

function dotAt(x: number, y: number, set: number, name?: string): Markup {
  return element(
    "circle",
    {
      class: `f${set % COLOURS}`,
      "fill-opacity": set === 0 ? 0.5 : 0.9,
      ...{ cx: fixed(x), cy: fixed(y), r: 3.2 },
    },
    ...(name === undefined ? [] : [hint(name)]),
  );
}

function stroke(d: string): Markup {
  return element("path", { class: "line s0", d });
}

/** In pixels, to each side of a category's middle. */
const HALF_STROKE = 12;

function pathOf(points: readonly Pick<Point, "x" | "y">[], { x, y }: Plot, apart: boolean): string {
  let path = "";
  for (const point of points) {
    const [px, py] = [x.at(point.x), y.at(point.y)];
    if (px === undefined || py === undefined) continue;
    if (apart) path += `M${fixed(px - HALF_STROKE)} ${fixed(py)}h${2 * HALF_STROKE}`;
    else path += `${path === "" ? "M" : "L"}${fixed(px)} ${fixed(py)}`;
  }
  return path;
}

function summaryOf(sets: readonly Dots[], { x, y, line }: DotChartOptions): string {
  const inWords = (value: number) => (y.format === "percent" ? percentage(value) : brief(value));
  const place = (value: number) => x.categories?.[value] ?? brief(value);
  const counts = sets.map(({ name, dots }) => `${name}: ${dots.length}`).join("; ");
  const means = (line?.points ?? [])
    .filter(({ y }) => y !== undefined && Number.isFinite(y))
    .map((point) => `${inWords(point.y!)} at ${place(point.x)}`);
  const said = `${y.label} by ${x.label}. ${counts}.`;
  return means.length === 0 ? said : `${said} ${line!.name}: ${means.join(", ")}.`;
}
