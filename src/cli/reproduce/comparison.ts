/** A recipe's published figures beside ours. */
import type { Figure, Recipe } from "../recipes/index.js";
import type { Run } from "./record.js";
import { type Interval, predictionInterval, type Spread, spreadOf } from "./statistics.js";

/** What the runs of one recipe gave. Accuracies are in per cent. */
export interface Comparison {
  readonly recipe: Recipe;
  readonly runs: readonly Run[];
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
  /** Where the figure should be if it comes from runs like ours; unknown after one run. */
  readonly expected: Interval | undefined;
}

export function compare(recipe: Recipe, runs: readonly Run[]): Comparison {
  const spread = (at: Figure["at"]) => spreadOf(runs.map((run) => measure(run, "test", at)));
  return {
    recipe,
    runs,
    figures: recipe.figures.map((figure) => compareFigure(figure, runs)),
    last: spread("last"),
    validated: spread("best on validation"),
    best: spread("best"),
    seconds: spreadOf(runs.map(({ seconds }) => seconds)).mean,
  };
}

function compareFigure(figure: Figure, runs: readonly Run[]): ComparedFigure {
  const accuracies = runs.map((run) => measure(run, figure.on, figure.at));
  const ours = spreadOf(accuracies);
  const expected = ours.n < 2 ? undefined : predictionInterval(ours, figure.bestOf);
  return { figure, ours, largest: Math.max(...accuracies), expected };
}

/** An accuracy of a run in per cent; that of the last epoch where there is no validation. */
export function measure(run: Run, on: Figure["on"], at: Figure["at"]): number {
  const accuracies = run[on];
  const best = at === "best" ? accuracies : run.validation;
  const index =
    typeof at === "number" ? at - 1 : at === "last" ? -1 : best.indexOf(Math.max(...best));
  return 100 * (accuracies.at(index) ?? Number.NaN);
}
