/** The section of a report that lists all runs, each with what tells whether another is the same. */
import { type Comparison, measure } from "./comparison.js";
import type { Run } from "./entry.js";
import { row } from "./words.js";

/** Hexadecimal digits of a digest: more than two runs will ever share by chance. */
const DIGITS = 16;

/** Markdown, line by line; nothing without runs. */
export function allRuns(comparisons: readonly Comparison[]): string[] {
  const rows = comparisons.flatMap(({ recipe, runs }) =>
    runs.map((run) => row([recipe.name, ...cellsOf(run)])),
  );
  if (rows.length === 0) return [];
  return [
    "## All runs",
    "",
    `With their test accuracies at the last epoch, and the first ${DIGITS} digits of the SHA-256 of their weights, which`,
    "`--json` prints when a run ends. The same version ends with the same weights on any machine, with any number of",
    "threads.",
    "",
    "| recipe | seed | last epoch | s | threads | processor | version | date | weights |",
    "|---|---:|---:|---:|---|---|---|---|---|",
    ...rows,
    "",
  ];
}

function cellsOf(run: Run): string[] {
  const { settings, seconds, weightsSha256, made } = run;
  const { threads = "", processor = "", version = "", date = "" } = made ?? {};
  const digest = `\`${weightsSha256.slice(0, DIGITS)}\``;
  const measured = [measure(run, "test", "last").toFixed(2), seconds.toFixed(1)];
  return [String(settings.seed), ...measured, String(threads), processor, version, date, digest];
}
