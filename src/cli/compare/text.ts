/** A comparison for people, for spreadsheets, and for programs. */
import { settingText } from "../../report/groups.js";
import { lastTested, trainingSeconds } from "../../report/measures.js";
import type { ReportedRun } from "../../report/run.js";
import { bestValidated } from "../../training/reports.js";
import type { Interval, Spread } from "../runs/spread.js";
import { csvLine } from "../terminal/csv.js";
import { duration } from "../terminal/format.js";
import { type Column, tableText } from "../terminal/table.js";
import { visible } from "../terminal/visible.js";
import type { Comparison, Row } from "./comparison.js";

/** A table, with what it is of above it. */
export function comparisonText(
  comparison: Comparison,
  stream: NodeJS.WriteStream,
  env: NodeJS.ProcessEnv,
): string[] {
  const { dataset, differing, rows } = comparison;
  const same =
    differing.length === 0 ? "all settings the same but for seeds" : "all other settings the same";
  const columns = columnsOf(comparison);
  return [`${visible(dataset)}, ${same}`, ...tableText(rows, columns, stream, env)];
}

function columnsOf({ differing, rows }: Comparison): Column<Row>[] {
  const several = rows.some(({ runs }) => runs.length > 1);
  const compared = rows.some(({ difference }) => difference !== undefined);
  return [
    { head: "run", of: ({ name }) => name },
    ...differing.map((name) => ({
      head: name,
      of: ({ settings }: Row) => settingText(settings[name]),
    })),
    ...(several ? [{ head: "seeds", of: ({ runs }: Row) => String(runs.length) }] : []),
    { head: "last epoch", of: ({ epochs }) => String(epochs) },
    { head: "test", of: ({ last }) => spreadText(last) },
    { head: "best on validation", of: ({ best }) => spreadText(best) },
    { head: "time", of: ({ seconds }) => (seconds === undefined ? "–" : duration(seconds)) },
    ...(compared
      ? [{ head: "difference, 95%", of: ({ difference }: Row) => intervalText(difference) }]
      : []),
  ];
}

/** In per cent. */
function spreadText(spread: Spread | undefined): string {
  if (spread === undefined) return "–";
  const mean = `${(100 * spread.mean).toFixed(2)}%`;
  return spread.n === 1 ? mean : `${mean} ± ${(100 * spread.deviation).toFixed(2)}`;
}

/** In percentage points. */
function intervalText(interval: Interval | undefined): string {
  if (interval === undefined) return "–";
  const [low, high] = [interval.low, interval.high].map((x) => {
    return `${x < 0 ? "−" : "+"}${Math.abs(100 * x).toFixed(2)}`;
  });
  return `${low} to ${high}`;
}

/** A line for each run, with a heading; all settings are in it, as spreadsheets can hide columns. */
export function comparisonCsv(runs: readonly ReportedRun[]): string[] {
  const names = [...new Set(runs.flatMap(({ settings }) => Object.keys(settings)))];
  const heads = ["run", "file", "dataset", ...names, ...CSV_RESULTS.map(({ head }) => head)];
  const lines = runs.map((run) => [
    ...[run.name, run.file, run.dataset.name],
    ...names.map((name) => {
      const { [name]: value } = run.settings;
      return value === undefined || value === null ? "" : settingText(value);
    }),
    ...CSV_RESULTS.map(({ of }) => of(run) ?? ""),
  ]);
  return [heads, ...lines].map(csvLine);
}

const CSV_RESULTS: readonly {
  readonly head: string;
  readonly of: (run: ReportedRun) => string | number | undefined;
}[] = [
  { head: "lastEpoch", of: ({ epochs }) => epochs.at(-1)?.epoch },
  { head: "testAccuracy", of: (run) => lastTested(run)?.testAccuracy },
  { head: "bestEpoch", of: (run) => bestValidated(run.epochs)?.epoch },
  { head: "bestValidationAccuracy", of: (run) => bestValidated(run.epochs)?.validationAccuracy },
  { head: "bestTestAccuracy", of: (run) => bestValidated(run.epochs)?.testAccuracy },
  { head: "trainingSeconds", of: trainingSeconds },
  { head: "weightsSha256", of: ({ weightsSha256 }) => weightsSha256 },
];

export function comparisonJson({ dataset, differing, rows }: Comparison): object {
  return {
    dataset,
    differing,
    rows: rows.map(({ runs, last = null, best = null, seconds = null, ...row }) => ({
      name: row.name,
      files: runs.map(({ file }) => file),
      seeds: runs.map(({ settings: { seed = null } }) => seed),
      settings: row.settings,
      epochs: row.epochs,
      testAccuracy: last,
      bestTestAccuracy: best,
      trainingSeconds: seconds,
      difference: row.difference ?? null,
    })),
  };
}
