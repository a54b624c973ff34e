/** The report on published runs and ours, in Markdown. */
import { measureInWords } from "../recipes/index.js";
import { asFlags } from "../setting-value.js";
import type { ComparedFigure, Comparison } from "./comparison.js";
import type { Spread } from "./statistics.js";

export interface ReportOptions {
  readonly seeds: readonly number[];
  /** What made the runs, and where: program, executor, processor. */
  readonly made: string;
}

export function report(comparisons: readonly Comparison[], { seeds, made }: ReportOptions): string {
  const remarks = comparisons.filter(({ recipe }) => recipe.remark !== undefined);
  return [
    "# Published runs, repeated",
    "",
    `${made}. Seeds ${seeds.join(", ")}. Accuracies are in %, means ± standard deviations of single runs.`,
    "*Measured likewise* is the accuracy on the images and at the epoch that the published figure is of;",
    "*expected* is the interval in which a published figure lies with a probability of 95% if it comes",
    "from runs like these (Student's prediction interval). The next three columns are accuracies on the",
    "test images: at the last epoch, at the epoch best on the validation images, and at the epoch best on",
    "the test images themselves, as books and papers often quote it. The last one is the time of a run",
    "in seconds, evaluation included.",
    "",
    "| recipe | published | measured likewise | expected | last epoch | validated | best | s |",
    "|---|---|---|---|---|---|---|---:|",
    ...comparisons.flatMap(rows),
    "",
    ...(remarks.length === 0 ? [] : ["## Where they differ, and why", ""]),
    ...remarks.flatMap(({ recipe }) => [`- **${recipe.name}**: ${recipe.remark}`]),
    ...(remarks.length === 0 ? [] : [""]),
    "## The commands",
    "",
    "`train-mnist --recipe NAME --seed N`, or in full:",
    "",
    "```sh",
    ...comparisons.map(({ recipe }) => `train-mnist ${asFlags(recipe.settings)} --seed N`),
    "```",
    "",
  ].join("\n");
}

function rows({ recipe, runs, figures, last, validated, best, seconds }: Comparison): string[] {
  return figures.map((each, i) => {
    const published = `[${measureInWords(each.figure)}](${recipe.source.url})`;
    if (runs.length === 0) return row([recipe.name, published, "not run", "", "", "", "", ""]);
    const whole = [inWords(last), inWords(validated), inWords(best), seconds.toFixed(1)];
    return row([
      i === 0 ? recipe.name : "",
      published,
      likewise(each),
      expectation(each),
      ...(i === 0 ? whole : whole.map(() => "")),
    ]);
  });
}

function likewise({ figure, ours, largest }: ComparedFigure): string {
  return figure.bestOf === 1 ? inWords(ours) : `${inWords(ours)}, best ${largest.toFixed(2)}`;
}

function expectation({ figure, expected }: ComparedFigure): string {
  if (expected === undefined) return "";
  const { low, high } = expected;
  const range = `${low.toFixed(2)} to ${high.toFixed(2)}`;
  if (figure.accuracy < low) return `${range}: ours is better`;
  if (figure.accuracy > high) return `${range}: ours is worse`;
  return range;
}

function inWords({ n, mean, deviation }: Spread): string {
  return n < 2 ? mean.toFixed(2) : `${mean.toFixed(2)} ± ${deviation.toFixed(2)}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
