/** What a sweep has come to, for people, for spreadsheets and for programs. */
import { counted } from "../../../counted.js";
import { wordOf } from "../../../recipes/words.js";
import {
  doneIn,
  type Estimate,
  type SettingsGroup,
  type SweepSummary,
  shownTest,
} from "../../../report/sweep/summary.js";
import { intervalText, rangeText, seedsText, spreadText } from "../../../report/sweep/words.js";
import { csvLine } from "../../terminal/csv.js";
import { count, duration } from "../../terminal/format.js";
import { type Column, tableText } from "../../terminal/table.js";
import { visible } from "../../terminal/visible.js";
import { shortName } from "./groups.js";

/** Longer tables are not read; files can have all. */
const MOST_ROWS = 100;
const MOST_FAILURES = 10;

export function summaryText(
  summary: SweepSummary,
  stream: NodeJS.WriteStream,
  env: NodeJS.ProcessEnv,
): string[] {
  const { groups, failures } = summary;
  const rows = groups.slice(0, MOST_ROWS);
  const [settings, results] = [settingColumns(summary), resultColumns(summary)];
  const marks = { head: " ", of: (group: SettingsGroup) => (group === summary.chosen ? "*" : " ") };
  const hidden = groups.length - rows.length;
  return [
    visible(`${summary.name}, on ${summary.dataset.name}: ${countsText(summary)}`),
    ...tableText(rows, [marks, ...settings, ...results], stream, env),
    ...(hidden > 0 ? [`and ${count(hidden)} more, which are in --csv and --json`] : []),
    "",
    ...chosenText(summary),
    ...failures.slice(0, MOST_FAILURES).map(({ index, label, message }) => {
      return visible(`failed: run ${index} (${label}): ${message}`);
    }),
    ...(failures.length > MOST_FAILURES
      ? [`and ${count(failures.length - MOST_FAILURES)} more that failed`]
      : []),
  ];
}

/** `12 of 15 runs done, 1 failed, 2 left; 3 stopped early (patience)` */
export function countsText({ counts, early }: SweepSummary): string {
  const { done, failed, running, stopped: halted, left } = counts;
  const total = done + failed + running + halted + left;
  const states = { running, failed, "stopped by halving": halted, left };
  const others = Object.entries(states).filter(([, n]) => n > 0);
  const said = [
    `${count(done)} of ${counted(total, "run", count)} done`,
    ...others.map(([state, n]) => `${count(n)} ${state}`),
  ];
  const stopped = [...early].map(([reason, n]) => `${count(n)} stopped early by ${reason}`);
  return [said.join(", "), ...stopped].join("; ");
}

function chosenText(summary: SweepSummary): string[] {
  const { chosen, at } = summary;
  if (chosen === undefined) {
    const some = summary.groups.some(({ test }) => test !== undefined);
    return some
      ? [
          "Nothing is chosen, as no run has a validation accuracy; --test shows those on test images.",
        ]
      : [];
  }
  const epoch = at === "best" ? "the epochs best on validation" : "the last epoch";
  const seeds = counted(doneIn(chosen), "seed");
  const test = chosen.test === undefined ? "not measured" : spreadText(chosen.test);
  return [
    visible(`* the best on validation: ${chosen.label}`),
    `  test accuracy ${test}, with ${seeds}, after ${epoch}`,
  ];
}

function settingColumns({ varying }: SweepSummary): Column<SettingsGroup>[] {
  return varying.map((name, k) => ({
    head: shortName(name),
    of: ({ settings }) => valueText(settings[k]),
  }));
}

function resultColumns(summary: SweepSummary): Column<SettingsGroup>[] {
  return [
    { head: "seeds", of: seedsText },
    { head: "validation", of: ({ validation }) => spreadText(validation) },
    { head: "95%", of: ({ validation }) => intervalText(validation) },
    ...(summary.showsTest
      ? [{ head: "test", of: ({ test }: SettingsGroup) => spreadText(test) }]
      : []),
    { head: "epochs", of: ({ epochs }) => rangeText(epochs) },
    { head: "time", of: ({ seconds }) => (seconds === undefined ? "–" : duration(seconds)) },
  ];
}

function valueText(value: unknown): string {
  return value === undefined || value === null ? "–" : wordOf(value);
}

/** A line for each run, with a heading. */
export function* summaryCsv(summary: SweepSummary): Generator<string> {
  const { varying, groups } = summary;
  yield csvLine(["run", ...varying, "seed", "state", ...CSV_RESULTS]);
  for (const group of groups) {
    const settings = group.settings.map((value) =>
      value === undefined || value === null ? "" : wordOf(value),
    );
    const isTested = shownTest(summary, group) !== undefined;
    for (const { index, seed, state, result } of group.runs) {
      const { epochs, reason, validation, test, seconds, weightsSha256 } = result ?? {};
      const shown = isTested ? test : undefined;
      const results = [epochs, reason, validation, shown, seconds, weightsSha256];
      yield csvLine([index, ...settings, seed, state, ...results.map((value) => value ?? "")]);
    }
  }
}

const CSV_RESULTS = ["epochs", "reason", "validationAccuracy", "testAccuracy"].concat([
  "trainingSeconds",
  "weightsSha256",
]);

export function summaryJson(summary: SweepSummary): object {
  const { name, dataset, at, counts, early, varying, groups, chosen, failures } = summary;
  const { done, failed, running, stopped, left } = counts;
  return {
    name,
    dataset,
    epoch: at,
    runs: { ...{ done, failed, running, stopped, left }, early: Object.fromEntries(early) },
    varying,
    chosen: chosen === undefined ? null : groups.indexOf(chosen),
    groups: groups.map((group) => ({
      settings: Object.fromEntries(
        varying.map((name, k) => [name, group.settings[k] ?? null] as const),
      ),
      runs: group.runs.map(({ index }) => index),
      seeds: group.runs.map(({ seed }) => seed),
      done: doneIn(group),
      validationAccuracy: estimateJson(group.validation),
      testAccuracy: estimateJson(shownTest(summary, group)),
      epochs: group.epochs ?? null,
      trainingSeconds: group.seconds ?? null,
    })),
    failures,
  };
}

/** What is not a number is null in JSON. */
function estimateJson(estimate: Estimate | undefined): object | null {
  if (estimate === undefined) return null;
  const { n, mean, deviation, interval } = estimate;
  return { n, mean, deviation: n === 1 ? null : deviation, interval: interval ?? null };
}
