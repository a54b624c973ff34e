/** Lines: what is measured over and over, such as a cost after each epoch. */
import { area, line } from "d3-shape";
import { type Content, emptyContent, type FigureOptions, figure, widthOf } from "../figure.js";
import { legendOf } from "../legend.js";
import { brief, percentage } from "../numbers.js";
import { COLOURS, DASHES } from "../style.js";
import { element, group, hint, type Markup } from "../svg.js";
import { fixed, type Plot, plotOf } from "./axes.js";
import type { AxisOptions } from "./scales.js";

export interface Point {
  readonly x: number;
  /** A gap if undefined or not finite. */
  readonly y: number | undefined;
  /** Half the height of a band around y, in units of y. */
  readonly deviation?: number;
}

export interface Series {
  readonly name: string;
  /** In the order of x. */
  readonly points: readonly Point[];
  /** Which colour and which dashes it has, counted from 0; by default the next ones. */
  readonly colour?: number;
  readonly dash?: number;
}

export interface LineChartOptions extends FigureOptions {
  readonly x: AxisOptions;
  readonly y: AxisOptions;
  /** Height of the plot alone, in pixels; by default in proportion to the width. */
  readonly plotHeight?: number;
}

/**
 * The lines of all series in one plot, with a legend where there are several.
 *
 * @returns an SVG document
 * @throws {RangeError} if the width is too small, or a deviation negative
 */
export function lineChart(series: readonly Series[], options: LineChartOptions): string {
  return figure(options, contentOf(series, options));
}

function contentOf(series: readonly Series[], options: LineChartOptions): Content {
  const width = widthOf(options);
  const points = series.flatMap((each) => each.points);
  if (points.some(({ deviation = 0 }) => deviation < 0)) {
    throw new RangeError("a deviation is at least 0");
  }
  if (!points.some(isMeasured)) {
    return emptyContent(width, "nothing was measured");
  }
  const { plotHeight = Math.min(300, Math.max(150, width * 0.42)) } = options;
  const entries = series.map(({ name }, k) => ({
    name,
    sample: element("path", { ...look(series, k), d: "M0 0H24" }),
  }));
  const legend = legendOf(series.length > 1 ? entries : [], width);
  const ys = points.flatMap(({ y, deviation = 0 }) => {
    return y === undefined ? [] : [y, y - deviation, y + deviation];
  });
  const plot = plotOf(
    points.map(({ x }) => x),
    ys,
    { x: options.x, y: options.y, width, top: legend.height, plotHeight },
  );
  return {
    height: plot.height,
    marks: [...legend.marks, ...plot.marks, ...series.map((_, k) => drawn(series, k, plot))],
    summary: summaryOf(series, options),
  };
}

function isMeasured({ x, y }: Point): boolean {
  return Number.isFinite(x) && y !== undefined && Number.isFinite(y);
}

function look(series: readonly Series[], k: number) {
  const { colour = k, dash = k } = series[k]!;
  return { class: `line s${colour % COLOURS}`, "stroke-dasharray": DASHES[dash % DASHES.length] };
}

function drawn(series: readonly Series[], k: number, { x, y }: Plot): Markup {
  const { name, points, colour = k } = series[k]!;
  const placed = points.map((point) => {
    const { y: value, deviation } = point;
    const [px, py] = [x.at(point.x), y.at(value)];
    const spread = value !== undefined && deviation !== undefined && Number.isFinite(deviation);
    const [low, high] = spread ? [y.at(value - deviation), y.at(value + deviation)] : [];
    return { px, py, low, high, there: px !== undefined && py !== undefined };
  });
  type Placed = (typeof placed)[number];
  const path = line<Placed>(
    (p) => p.px!,
    (p) => p.py!,
  )
    .defined((p) => p.there)
    .digits(2);
  const band = area<Placed>()
    .x((p) => p.px!)
    .y0((p) => p.low!)
    .y1((p) => p.high!)
    .defined(({ there, low, high }) => there && low !== undefined && high !== undefined)
    .digits(2);
  const bandPath = band(placed);
  const alone = placed.filter(({ there }, i) => {
    return there && !placed[i - 1]?.there && !placed[i + 1]?.there;
  });
  return group(
    {},
    hint(name),
    ...(bandPath
      ? [element("path", { class: `f${colour % COLOURS}`, "fill-opacity": 0.16, d: bandPath })]
      : []),
    element("path", { ...look(series, k), d: path(placed) || "M0 0" }),
    ...alone.map(({ px, py }) =>
      element("circle", { class: `f${colour % COLOURS}`, cx: fixed(px!), cy: fixed(py!), r: 3 }),
    ),
  );
}

function summaryOf(series: readonly Series[], { x, y }: LineChartOptions): string {
  const inWords = (value: number) => (y.format === "percent" ? percentage(value) : brief(value));
  const ends = series.map(({ name, points }) => {
    const last = points.findLast(isMeasured);
    if (last === undefined) return `${name}: nothing measured`;
    return `${name}: ${inWords(last.y!)} at ${x.label} ${brief(last.x)}`;
  });
  return `${y.label} by ${x.label}. At the end, ${ends.join("; ")}.`;
}

/**
 * Mean and standard deviation (divisor n − 1) at each x over several runs of the same kind, such as
 * with different seeds, to be drawn as a line with a band. Where only one run has a value, there is no band.
 */
export function meanSeries(runs: readonly (readonly Point[])[]): Point[] {
  const values = new Map<number, number[]>();
  for (const { x, y } of runs.flat()) {
    if (y !== undefined && Number.isFinite(y)) values.set(x, [...(values.get(x) ?? []), y]);
  }
  return [...values]
    .sort(([a], [b]) => a - b)
    .map(([x, ys]) => {
      const mean = ys.reduce((sum, y) => sum + y / ys.length, 0);
      if (ys.length < 2) return { x, y: mean };
      const squares = ys.reduce((sum, y) => sum + (y - mean) ** 2, 0);
      return { x, y: mean, deviation: Math.sqrt(squares / (ys.length - 1)) };
    });
}
