/** How numbers such as weights or activations distribute. */

import { emptyContent, type FigureOptions, figure, widthOf } from "./figure.js";
import { legendOf } from "./legend.js";
import { brief } from "./numbers.js";
import { fixed, plotOf } from "./plots/axes.js";
import { COLOURS, DASHES } from "./style.js";
import { element, group, hint } from "./svg.js";

export interface Sample {
  readonly name: string;
  /** Those that are not finite are left out. */
  readonly values: ArrayLike<number>;
}

export interface HistogramOptions extends FigureOptions {
  /** What the numbers are. */
  readonly label: string;
  /** How many bins there are, all equally wide; by default 60. */
  readonly bins?: number;
  readonly plotHeight?: number;
}

/**
 * The share of each sample in each of the same bins, as outlines above each other.
 *
 * @returns an SVG document
 * @throws {RangeError} if the number of bins is not a whole number from 1 to 1000
 */
export function histogram(samples: readonly Sample[], options: HistogramOptions): string {
  const width = widthOf(options);
  const { bins = 60, plotHeight = Math.min(220, Math.max(130, width * 0.34)) } = options;
  if (!Number.isInteger(bins) || bins < 1 || bins > 1000) {
    throw new RangeError(`a histogram has from 1 to 1000 bins, not ${bins}`);
  }
  const edges = edgesOf(samples, bins);
  if (edges === undefined) return figure(options, emptyContent(width, "no numbers"));
  const counted = samples.map(({ values }) => partsIn(values, edges));
  const look = (k: number) => ({
    class: `line s${k % COLOURS} f${k % COLOURS}`,
    "stroke-dasharray": DASHES[k % DASHES.length],
    "fill-opacity": ".16",
  });
  const entries = samples.map(({ name }, k) => ({
    name,
    sample: element("rect", { x: 0, y: -5, width: 24, height: 10, class: `f${k % COLOURS}` }),
  }));
  const legend = legendOf(samples.length > 1 ? entries : [], width);
  const plot = plotOf(edges, counted.flat(), {
    x: { label: options.label },
    y: { label: "share", format: "percent", include: [0] },
    width,
    top: legend.height,
    plotHeight,
  });
  const outlines = counted.map((parts, k) => {
    const steps = parts.map((part, bin) => {
      const [from, to] = [plot.x.at(edges[bin])!, plot.x.at(edges[bin + 1])!];
      const y = fixed(plot.y.at(part)!);
      return `${bin === 0 ? `M${fixed(from)} ${fixed(plot.bottom)}V${y}` : `V${y}`}H${fixed(to)}`;
    });
    const d = `${steps.join("")}V${fixed(plot.bottom)}`;
    return group({}, hint(samples[k]!.name), element("path", { ...look(k), d }));
  });
  return figure(options, {
    height: plot.height,
    marks: [...legend.marks, ...plot.marks, ...outlines],
    summary: samples.map(summaryOf).join("; "),
  });
}

/** Undefined without data. */
function edgesOf(samples: readonly Sample[], bins: number): number[] | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { values } of samples) {
    for (let i = 0; i < values.length; i++) {
      const value = limited(values[i]!);
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (low > high) return undefined;
  if (high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high))) {
    const room = Math.abs(low) / 20 || 1;
    [low, high] = [low - room, high + room];
  }
  return Array.from({ length: bins + 1 }, (_, k) => low + (k / bins) * (high - low));
}

const LARGEST = 1e300;

/** NaN for what is not finite. */
function limited(value: number): number {
  if (!Number.isFinite(value)) return Number.NaN;
  return Math.max(-LARGEST, Math.min(LARGEST, Math.abs(value) < 1e-290 ? 0 : value));
}

function partsIn(values: ArrayLike<number>, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  const [first, last] = [edges[0]!, edges.at(-1)!];
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const value = limited(values[i]!);
    if (Number.isNaN(value)) continue;
    const bin = Math.floor(((value - first) / (last - first)) * counts.length);
    counts[Math.max(0, Math.min(counts.length - 1, bin))]!++;
    total++;
  }
  return counts.map((count) => count / Math.max(1, total));
}

function summaryOf({ name, values }: Sample): string {
  let [n, sum, low, high] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = limited(values[i]!);
    if (Number.isNaN(value)) continue;
    n++;
    sum += value / values.length;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (n === 0) return `${name}: no numbers`;
  const mean = (sum * values.length) / n;
  return `${name}: ${n} numbers from ${brief(low)} to ${brief(high)}, mean ${brief(mean)}`;
}
