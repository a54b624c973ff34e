/** The figures beside the report: accuracies over the epochs of some recipes, each the mean of its runs. */
import { lineChart, meanSeries, type Series } from "../../charts/index.js";
import { beside } from "./beside.js";
import type { Comparison } from "./comparison.js";

interface Line {
  readonly recipe: string;
  readonly name: string;
  readonly on: "validation" | "test";
}

interface Drawing {
  readonly name: string;
  readonly title: string;
  readonly lines: readonly Line[];
}

const DRAWINGS: readonly Drawing[] = [
  {
    name: "overfitting",
    title: "Accuracy on test images after learning 1,000 images",
    lines: [
      { recipe: "nielsen-ch3-overfitting", name: "without regularisation", on: "test" },
      { recipe: "nielsen-ch3-overfitting-regularised", name: "with λ = 0.1", on: "test" },
    ],
  },
  {
    name: "initialisation",
    title: "Accuracy on validation images by the initial weights",
    lines: [
      { recipe: "nielsen-ch3-init-large", name: "N(0, 1)", on: "validation" },
      { recipe: "nielsen-ch3-init-default", name: "N(0, 1/n) for n inputs", on: "validation" },
    ],
  },
  {
    name: "best",
    title: "Accuracy on test images of two recipes that train on all images",
    lines: [
      { recipe: "best", name: "best", on: "test" },
      { recipe: "best-adversarial", name: "best-adversarial", on: "test" },
    ],
  },
];

const WIDTH = 720;

export interface DrawnFigure {
  /** Beside the report. */
  readonly file: string;
  readonly title: string;
  readonly svg: string;
}

/** Those of which all recipes have been run. @param out the file of the report */
export function figuresBeside(out: string, comparisons: readonly Comparison[]): DrawnFigure[] {
  const runsOf = (recipe: string) =>
    comparisons.find((comparison) => comparison.recipe.name === recipe)?.runs ?? [];
  return DRAWINGS.filter(({ lines }) => lines.every(({ recipe }) => runsOf(recipe).length > 0)).map(
    ({ name, title, lines }) => {
      const series = lines.map(({ recipe, name, on }): Series => {
        const curves = runsOf(recipe).map((run) =>
          run[on].map((accuracy, i) => ({ x: i + 1, y: accuracy })),
        );
        return { name, points: curves.length === 1 ? curves[0]! : meanSeries(curves) };
      });
      const svg = lineChart(series, {
        title,
        width: WIDTH,
        x: { label: "epoch", format: "integer" },
        y: { label: "accuracy", format: "percent" },
      });
      return { file: beside(out, `-${name}.svg`), title, svg };
    },
  );
}
