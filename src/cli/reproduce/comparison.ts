/** A recipe's published figures beside ours. */
import type { Figure, Recipe } from "../../recipes/index.js";
import { type Interval, type Spread, spreadOf } from "../runs/spread.js";
import type { Committee, Run } from "./entry.js";
import { IMAGES } from "./published-data.js";
import { intervalAfterFew, predictionInterval } from "./statistics.js";

/** What the runs of one recipe gave. Accuracies are in per cent. */
export interface Comparison {
  readonly recipe: Recipe;
  readonly runs: readonly Run[];
  readonly committees: readonly Committee[];
  /** Those that read whole digits wrongly to the end; no figure is expected to be of such a run. */
  readonly lost: readonly Run[];
  readonly figures: readonly ComparedFigure[];
  /** The test accuracies of all runs at their last epochs, … */
  readonly last: Spread;
  /** … at the epochs best on validation, … */
  readonly validated: Spread;
  /** … and at the epochs best on the test images themselves. */
  readonly best: Spread;
  readonly seconds: number;
}

export interface ComparedFigure {
  readonly figure: Figure;
  /** Our accuracies, measured as the figure was, except that they are of single runs. */
  readonly ours: Spread;
  readonly largest: number;
  /** Where the figure should be if it comes from runs like ours; undefined without any. */
  readonly expected: Interval | undefined;
}

export function compare(
  recipe: Recipe,
  runs: readonly Run[],
  committees: readonly Committee[] = [],
): Comparison {
  const spread = (at: Figure["at"]) => spreadOf(runs.map((run) => measure(run, "test", at)));
  const lost = lostAmong(runs);
  return {
    recipe,
    runs,
    committees,
    lost,
    figures: recipe.figures.map((figure) => compareFigure(figure, runs, lost)),
    last: spread("last"),
    validated: spread("best on validation"),
    best: spread("best"),
    seconds: spreadOf(runs.map(({ seconds }) => seconds)).mean,
  };
}

function compareFigure(figure: Figure, runs: readonly Run[], lost: readonly Run[]): ComparedFigure {
  const measured = (run: Run) => measure(run, figure.on, figure.at);
  const accuracies = runs.map(measured);
  const kept = spreadOf(runs.filter((run) => !lost.includes(run)).map(measured));
  return {
    figure,
    ours: spreadOf(accuracies),
    largest: Math.max(...accuracies),
    expected: kept.n === 0 ? undefined : expectedAfter(kept, figure.bestOf),
  };
}

function expectedAfter(runs: Spread, bestOf: number): Interval {
  return runs.n < 3 ? intervalAfterFew(runs, IMAGES, bestOf) : predictionInterval(runs, bestOf);
}

/**
 * In per cent. A digit that is never read is a tenth of the images, while runs that read all of them
 * differ by far less than half of that.
 */
const HALF_A_DIGIT = 5;

/** Those that end so far below the best of them that they miss at least one digit. */
function lostAmong(runs: readonly Run[]): Run[] {
  const ends = runs.map((run) => measure(run, "test", "last"));
  return runs.filter((_, i) => (ends[i] as number) < Math.max(...ends) - HALF_A_DIGIT);
}

/** An accuracy of a run in per cent; that of the last epoch where there is no validation. */
export function measure(run: Run, on: Figure["on"], at: Figure["at"]): number {
  const accuracies = run[on];
  const best = at === "best" ? accuracies : run.validation;
  const index =
    typeof at === "number" ? at - 1 : at === "last" ? -1 : best.indexOf(Math.max(...best));
  return 100 * (accuracies.at(index) ?? Number.NaN);
}
