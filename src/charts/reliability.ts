/** Whether probabilities can be relied on: of predictions with 0.8, are four fifths right? */

import { emptyContent, type FigureOptions, figure, widthOf } from "./figure.js";
import { grouped, percentage } from "./numbers.js";
import { fixed, plotOf } from "./plots/axes.js";
import { element, group, hint, type Markup } from "./svg.js";

/** Predictions whose probabilities lie in one interval. */
export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** The mean of their probabilities, and the share of them that are right; NaN without any. */
  readonly predicted: number;
  readonly observed: number;
}

export interface Reliability {
  readonly bins: readonly ReliabilityBin[];
  /** The mean of |predicted − observed| over all predictions: the expected calibration error. */
  readonly error: number;
}

/**
 * Naeini, Cooper and Hauskrecht, AAAI 2015, with bins of equal width.
 *
 * @param probabilities of the classes that were predicted, from 0 to 1
 * @param right whether each prediction is right
 * @throws {RangeError} if a probability is not from 0 to 1, or the lengths differ
 */
export function reliabilityOf(
  probabilities: ArrayLike<number>,
  right: ArrayLike<boolean>,
  bins = 10,
): Reliability {
  if (probabilities.length !== right.length) {
    throw new RangeError(
      `${probabilities.length} probabilities have as many results, not ${right.length}`,
    );
  }
  const sums = Array.from({ length: bins }, () => ({ count: 0, predicted: 0, observed: 0 }));
  for (let i = 0; i < probabilities.length; i++) {
    const p = probabilities[i]!;
    if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability is from 0 to 1, not ${p}`);
    const bin = sums[Math.min(bins - 1, Math.floor(p * bins))]!;
    bin.count++;
    bin.predicted += p;
    bin.observed += right[i] ? 1 : 0;
  }
  const gaps = sums.reduce((sum, bin) => sum + Math.abs(bin.predicted - bin.observed), 0);
  return {
    bins: sums.map(({ count, predicted, observed }, k) => ({
      low: k / bins,
      high: (k + 1) / bins,
      count,
      predicted: predicted / count,
      observed: observed / count,
    })),
    error: gaps / Math.max(1, probabilities.length),
  };
}

/** The height of the longest of the bars that show how many predictions a bin has. */
const STRIP = 0.12;

/**
 * For each interval of probabilities, a point at the share of its predictions that are right, with a
 * 95% interval (Wilson, 1927); on the diagonal, the probabilities are what they say. The bars at the
 * bottom show the shares of all predictions in each interval.
 *
 * @returns an SVG document
 */
export function reliabilityChart({ bins, error }: Reliability, options: FigureOptions): string {
  const width = widthOf(options);
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return figure(options, emptyContent(width, "no predictions"));
  const plot = plotOf([0, 1], [0, 1], {
    x: { label: "predicted probability", format: "percent" },
    y: { label: "share of predictions that are right", format: "percent" },
    width,
    top: 0,
    plotHeight: Math.min(320, width * 0.62),
  });
  const [x, y] = [(p: number) => plot.x.at(p)!, (p: number) => plot.y.at(p)!];
  const most = Math.max(...bins.map(({ count }) => count));
  const strip = bins.map(({ low, high, count }) => {
    const top = y((STRIP * count) / most);
    const box = { x: x(low) + 1, y: top, width: Math.max(0.5, x(high) - x(low) - 2) };
    return element("rect", {
      class: "f6",
      "fill-opacity": 0.22,
      ...box,
      height: plot.bottom - top,
    });
  });
  const points = bins.filter(({ count }) => count > 0).map((bin) => pointOf(bin, x, y));
  const diagonal = `M${fixed(x(0))} ${fixed(y(0))}L${fixed(x(1))} ${fixed(y(1))}`;
  return figure(options, {
    height: plot.height,
    marks: [
      ...plot.marks,
      ...strip,
      element("path", { class: "axis", "stroke-dasharray": "4 4", d: diagonal }),
      ...points,
    ],
    summary: `On average, the share of right predictions differs from the probability by ${percentage(error)}, over ${grouped(total)} predictions.`,
  });
}

function pointOf(bin: ReliabilityBin, x: (p: number) => number, y: (p: number) => number): Markup {
  const { count, predicted, observed, low, high } = bin;
  const [from, to] = wilson(observed, count);
  const text = `from ${percentage(low, 0)} to ${percentage(high, 0)}: ${grouped(count)} predictions, mean probability ${percentage(predicted, 1)}, ${percentage(observed, 1)} right`;
  const at = fixed(x(predicted));
  return group(
    {},
    hint(text),
    element("path", { class: "line s0", d: `M${at} ${fixed(y(from))}V${fixed(y(to))}` }),
    element("circle", { class: "f0", cx: at, cy: fixed(y(observed)), r: 4 }),
  );
}

/** The 95% interval of a probability of which a part p was seen in n tries. */
function wilson(p: number, n: number): [number, number] {
  const z = 1.96;
  const middle = (p + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
