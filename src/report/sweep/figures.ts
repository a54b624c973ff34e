/** The figures of a report on a sweep: curves of the best settings, and each setting against accuracy. */
import { type Dot, dotChart } from "../../charts/index.js";
import { curveFigures } from "../curves.js";
import type { ReportFigure } from "../figure.js";
import { settingText } from "../groups.js";
import type { ReportedRun } from "../run.js";
import { inWords } from "../tables.js";
import type { SettingsGroup, SweepSummary } from "./summary.js";

/** More lines are not told apart. */
export const MOST_CURVES = 6;
/** More dots are a cloud. */
const MOST_DOTS = 500;
/** More places, or longer lines of means, say less than the dots alone. */
const MOST_PLACES = 24;

/** The runs of the best settings, whose curves are drawn. */
export interface CurvesOf {
  readonly label: string;
  readonly runs: readonly ReportedRun[];
}

/** Means over seeds. Those on test images are left out unless they are to be shown. */
export function sweepCurves(
  { showsTest }: SweepSummary,
  best: readonly CurvesOf[],
): ReportFigure[] {
  const groups = best.map(({ label, runs }) => ({
    name: label,
    runs: showsTest ? runs : runs.map(withoutTest),
  }));
  return curveFigures(groups);
}

function withoutTest(run: ReportedRun): ReportedRun {
  return {
    ...run,
    epochs: run.epochs.map(({ testLoss: _, testAccuracy: __, ...epoch }) => epoch),
  };
}

/** A figure for each setting that varies. */
export function settingFigures(summary: SweepSummary): ReportFigure[] {
  const measured = summary.groups.filter(({ validation }) => validation !== undefined);
  if (measured.length === 0) return [];
  return summary.varying.map((name, k) => settingFigure(summary, measured, name, k));
}

function settingFigure(
  { chosen }: SweepSummary,
  measured: readonly SettingsGroup[],
  name: string,
  k: number,
): ReportFigure {
  const axis = axisOf(measured.map(({ settings }) => settings[k]));
  const { shown, unit } = thinned(measured, chosen);
  const dotsOf = (groups: readonly SettingsGroup[]) =>
    groups.flatMap((group): Dot[] => {
      const x = axis.at(group.settings[k]);
      const of = (y: number | undefined) => ({ x, y, name: group.label });
      if (unit === "setting") return [of(group.validation?.mean)];
      return group.runs.flatMap(({ result }) => (result ? [of(result.validation)] : []));
    });
  const sets = [
    { name: `a ${unit}`, dots: dotsOf(shown.filter((group) => group !== chosen)) },
    { name: "of the best settings", dots: dotsOf(shown.filter((group) => group === chosen)) },
  ].filter(({ dots }) => dots.length > 0);
  const means = meansOf(measured, k, axis.at);
  const hasMeans = means.length <= MOST_PLACES && means.length < measured.length;
  const [label, title] = [inWords(name), `Validation accuracy by ${inWords(name)}`];
  const left = measured.length - shown.length;
  return {
    file: `by-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    draw: (width) =>
      dotChart(sets, {
        ...{ title, width },
        x: { label, ...axis.options },
        y: { label: "validation accuracy", format: "percent" },
        ...(hasMeans && { line: { name: "mean at each value", points: means } }),
      }),
    ...(left > 0 && {
      note: `Each dot is a setting. Of ${measured.length} settings, ${shown.length} are drawn, evenly from the best to the worst.`,
    }),
  };
}

/** Of many runs, only the means of their settings; of many settings, only every so manieth. */
function thinned(measured: readonly SettingsGroup[], chosen: SettingsGroup | undefined) {
  const runs = measured.reduce((sum, group) => sum + group.runs.length, 0);
  if (runs <= MOST_DOTS) return { shown: measured, unit: "run" };
  const step = Math.ceil(measured.length / MOST_DOTS);
  const shown = measured.filter((group, k) => k % step === 0 || group === chosen);
  return { shown, unit: "setting" };
}

/** Over all runs with the value, whatever their other settings. */
function meansOf(
  groups: readonly SettingsGroup[],
  k: number,
  at: (value: unknown) => number,
): { x: number; y: number }[] {
  const sums = new Map<number, { sum: number; n: number }>();
  for (const { settings, validation } of groups) {
    const x = at(settings[k]);
    const { sum, n } = sums.get(x) ?? { sum: 0, n: 0 };
    sums.set(x, { sum: sum + validation!.mean * validation!.n, n: n + validation!.n });
  }
  return [...sums].map(([x, { sum, n }]) => ({ x, y: sum / n })).sort((a, b) => a.x - b.x);
}

/** Numbers on an axis, logarithmic where they span a decade; anything else, or a few with 0, as categories. */
function axisOf(values: readonly unknown[]) {
  const numbers = values.map(numberIn);
  const known = numbers.filter((value) => value !== undefined);
  const [low, high] = known.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const positive = known.filter((value) => value > 0);
  const least = positive.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const spans = high >= 10 * least;
  const distinct = new Map(values.map((value) => [settingText(value), value]));
  const isNumeric =
    known.length === values.length && (low > 0 || !spans || distinct.size > MOST_PLACES);
  if (isNumeric) {
    const format = known.every(Number.isInteger) && !spans ? "integer" : "number";
    const options = { log: low > 0 && spans, format } as const;
    return { options, at: (value: unknown) => numberIn(value)! };
  }
  const categories = [...distinct].sort(([, a], [, b]) => orderOf(a) - orderOf(b));
  const names = categories.map(([text]) => text);
  return {
    options: { categories: names },
    at: (value: unknown) => names.indexOf(settingText(value)),
  };
}

/** Of one hidden layer, its size. */
function numberIn(value: unknown): number | undefined {
  const [only, ...others] = Array.isArray(value) ? value : [value];
  return typeof only === "number" && others.length === 0 ? only : undefined;
}

/** What is no number keeps its order, behind numbers. */
function orderOf(value: unknown): number {
  return numberIn(value) ?? Number.MAX_VALUE;
}
