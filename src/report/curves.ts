/** The curves of all runs, over each other. */
import { lineChart, meanSeries, type Series } from "../charts/index.js";
import type { ReportFigure } from "./figure.js";
import type { Group } from "./groups.js";
import { hasMeasure, isMeasured, type Measure, pointsOf } from "./measures.js";

/** A set of images, and what is measured on it. */
interface MeasuredSet {
  readonly name: string;
  readonly measure: Measure;
}

interface Quantity {
  readonly file: string;
  readonly title: string;
  readonly label: string;
  readonly sets: readonly MeasuredSet[];
}

const ACCURACY: Quantity = {
  file: "accuracy",
  title: "Accuracy after each epoch",
  label: "accuracy",
  sets: setsBy("Accuracy"),
};

const COST: Quantity = {
  file: "cost",
  title: "Cost after each epoch",
  label: "cost, mean over the images",
  sets: setsBy("Loss"),
};

function setsBy(quantity: "Accuracy" | "Loss"): MeasuredSet[] {
  return [
    { name: "training", measure: `train${quantity}` },
    { name: "validation", measure: `validation${quantity}` },
    { name: "test", measure: `test${quantity}` },
  ];
}

/** Where the cost on training images was only measured while they were trained on. */
const DURING: MeasuredSet = { name: "training, during the epoch", measure: "loss" };

const RATE: Quantity = {
  file: "learning-rate",
  title: "Learning rate of each epoch",
  label: "learning rate η",
  sets: [{ name: "", measure: "learningRate" }],
};

/** More lines than these are not told apart in one plot: each set of images then has its own. */
const MOST_LINES = 9;

/**
 * Those for which something was measured; the learning rate only where it changes.
 *
 * @param groups of runs, whose means are drawn
 */
export function curveFigures(groups: readonly Group[]): ReportFigure[] {
  const runs = groups.flatMap(({ runs }) => runs);
  const cost = hasMeasure(runs, "trainLoss")
    ? COST
    : { ...COST, sets: [DURING, ...COST.sets.slice(1)] };
  const isConstant = runs.every(({ epochs }) => {
    return new Set(epochs.map((epoch) => epoch.learningRate)).size < 2;
  });
  return [ACCURACY, cost, ...(isConstant ? [] : [RATE])].flatMap((quantity) => {
    const sets = quantity.sets.filter(({ measure }) => hasMeasure(runs, measure));
    if (sets.length === 0) return [];
    const isOne = sets.length === 1 || sets.length * groups.length <= MOST_LINES;
    if (isOne) return [figureOf(quantity, sets, groups)];
    return sets.map((set) => {
      const [file, title] = [`${quantity.file}-${set.name.split(",")[0]}`, quantity.title];
      const one = [{ ...set, name: "" }];
      return figureOf({ ...quantity, file, title: `${title}: ${set.name}` }, one, groups);
    });
  });
}

function figureOf(
  { file, title, label }: Quantity,
  sets: readonly MeasuredSet[],
  groups: readonly Group[],
): ReportFigure {
  const series = groups.flatMap(({ name, runs }, g) =>
    sets.map((set, s): Series => {
      const lines = runs.map((run) => pointsOf(run, set.measure));
      const names = groups.length === 1 ? [set.name || name] : [name, set.name].filter(Boolean);
      return {
        name: names.join(", "),
        points: lines.length === 1 ? lines[0]! : meanSeries(lines),
        colour: groups.length === 1 ? s : g,
        dash: sets.length === 1 ? g : sets.length - 1 - s,
      };
    }),
  );
  const drawn = series.filter(({ points }) => points.length > 0);
  const values = drawn.flatMap(({ points }) => points.map(({ y }) => y)).filter(isMeasured);
  const isAccuracy = label === ACCURACY.label;
  // Where a cost falls over decades, a linear axis shows its end as a line at the bottom.
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const log = !isAccuracy && low > 0 && high / low > 30;
  const banded = groups.some(({ runs }) => runs.length > 1);
  return {
    file,
    draw: (width) =>
      lineChart(drawn, {
        title,
        width,
        x: { label: "epoch", format: "integer" },
        y: { label, log, format: isAccuracy ? "percent" : "number" },
      }),
    ...(banded && {
      note: "A line with a band is the mean over several seeds, with one standard deviation to each side.",
    }),
  };
}
