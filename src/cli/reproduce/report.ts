/** The report on published runs and ours, in Markdown. */
import { basename } from "node:path";
import { measureInWords } from "../../recipes/index.js";
import { remarks } from "../../recipes/remarks.js";
import { asFlags } from "../../recipes/words.js";
import { spreadOf } from "../runs/spread.js";
import { type ComparedFigure, type Comparison, measure } from "./comparison.js";
import type { DrawnFigure } from "./figures.js";
import { allRuns } from "./listing.js";
import { originsInWords } from "./origin.js";
import { ranges, row, spreadText } from "./words.js";

/**
 * @param means what computed the runs
 * @param figures that are written beside it
 */
export function report(
  comparisons: readonly Comparison[],
  means: string,
  figures: readonly DrawnFigure[] = [],
): string {
  const made = originsInWords([...new Set(comparisons.flatMap(({ runs }) => runs))]);
  const differences = remarksOn(comparisons);
  return [
    "# Published runs, repeated",
    "",
    `Run with ${means}${made && `: ${made}`}. Accuracies are in %, means ± standard deviations of single runs.`,
    "*Same measure* is our accuracy on the same images and at the same epoch as the published figure.",
    "A run that keeps no images for validation has only its last epoch to compare.",
    "*Expected* is Student's prediction interval: if the published figure comes from runs like these, it lies",
    "in there with a probability of 95%, and one figure in twenty lies outside by chance. One run has no standard",
    "deviation, and two may have none by chance, so the standard error of an accuracy on 10,000 images takes its",
    "place (0.07 at 99.5%, 0.2 at 95%). *Seeds* lists the runs that a row summarises. The next three columns are",
    "accuracies on the test images: at the last epoch, at the epoch with the best validation accuracy, and at the",
    "epoch with the best test accuracy, which books and papers often quote. The last column is the mean time of a run",
    "in seconds, evaluation included. Runs were made on different machines, with different numbers of threads, so the times",
    "of two rows cannot be compared.",
    "",
    "| recipe | published | seeds | same measure | expected | last epoch | validated | best | s |",
    "|---|---|---|---|---|---|---|---|---:|",
    ...comparisons.flatMap(rows),
    "",
    ...(figures.length === 0 ? [] : ["## Curves", "", FIGURES_ARE, "", ...figures.flatMap(shown)]),
    ...committeesIn(comparisons),
    ...(differences.length === 0 ? [] : ["## Where they differ, and why", "", ...differences, ""]),
    ...allRuns(comparisons),
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

const FIGURES_ARE =
  "Each line is the mean of the runs of a recipe; its band is one standard deviation to each side.";

function shown({ file, title }: DrawnFigure): string[] {
  return [`![${title}](${basename(file)})`, ""];
}

function rows({ recipe, runs, figures, last, validated, best, seconds }: Comparison): string[] {
  return figures.map((each, i) => {
    const cited = `[${measureInWords(each.figure)}](${recipe.source.url})`;
    const { comparedWith: other } = recipe;
    const published = other === undefined ? cited : `ours; beside it ${other}: ${cited}`;
    if (runs.length === 0) return row([recipe.name, published, "none", "", "", "", "", "", ""]);
    const whole = [spreadText(last), spreadText(validated), spreadText(best), seconds.toFixed(1)];
    return row([
      i === 0 ? recipe.name : "",
      published,
      i === 0 ? ranges(runs.map(({ settings }) => settings.seed)) : "",
      likewise(each),
      expectation(each),
      ...(i === 0 ? whole : whole.map(() => "")),
    ]);
  });
}

/** Their section; nothing without any. */
function committeesIn(comparisons: readonly Comparison[]): string[] {
  const all = comparisons.flatMap(({ recipe, runs, committees }) =>
    committees.map(({ seeds, test }) => {
      const members = runs.filter(({ settings }) => seeds.includes(settings.seed));
      const each = spreadOf(members.map((run) => measure(run, "test", "last")));
      return row([recipe.name, ranges(seeds), spreadText(each), (100 * test).toFixed(2)]);
    }),
  );
  if (all.length === 0) return [];
  return [
    "## Committees",
    "",
    "Networks of one recipe that were trained with different seeds, after their last epochs. *Each* is the test",
    "accuracy of single networks, *together* that of the mean of their outputs, which",
    "`train-mnist reproduce NAME --save FOLDER --committee` measures.",
    "",
    "| recipe | seeds | each | together |",
    "|---|---|---|---:|",
    ...all,
    "",
  ];
}

/** The remarks, each after the recipes that it is on. */
function remarksOn(comparisons: readonly Comparison[]): string[] {
  const names = new Map<string, string[]>();
  for (const { recipe, runs, lost } of comparisons) {
    const said = [
      remarks.get(recipe.name),
      lost.length > 0 && lostInWords(lost.length, runs.length),
    ];
    const remark = said.filter(Boolean).join(" ");
    if (remark !== "") names.set(remark, [...(names.get(remark) ?? []), recipe.name]);
  }
  return [...names].map(([remark, recipes]) => `- **${recipes.join(", ")}**: ${remark}`);
}

function lostInWords(lost: number, all: number): string {
  const what = lost === 1 ? "One" : lost;
  return `${what} of these ${all} runs ended more than five points below the best; the interval is that of the others.`;
}

function likewise({ figure, ours, largest }: ComparedFigure): string {
  return figure.bestOf === 1 ? spreadText(ours) : `${spreadText(ours)}, best ${largest.toFixed(2)}`;
}

function expectation({ figure, expected }: ComparedFigure): string {
  if (expected === undefined) return "";
  const { low, high } = expected;
  const range = `${Math.max(0, low).toFixed(2)} to ${Math.min(100, high).toFixed(2)}`;
  if (figure.accuracy < low) return `${range}: ours is better`;
  if (figure.accuracy > high) return `${range}: ours is worse`;
  return range;
}
