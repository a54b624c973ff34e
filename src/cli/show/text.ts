/** A saved run as people read of it. */
import type { DatasetIdentity, Made } from "../../checkpoints/index.js";
import { counted } from "../../counted.js";
import { flagOf, wordOf } from "../../recipes/words.js";
import { bestValidated, defaults, type EpochReport, type Settings } from "../../training/index.js";
import { count, duration, percent } from "../terminal/format.js";
import { plot } from "../terminal/plot.js";
import { visible } from "../terminal/visible.js";
import { wrapped } from "../terminal/wrapped.js";

export interface Saved {
  readonly file: string;
  readonly name?: string;
  readonly dataset: DatasetIdentity;
  readonly layers: readonly number[];
  readonly parameters: number;
  readonly weightsSha256: string;
  /** The digest of the weights that it began with, if these were not random. */
  readonly startFrom?: string;
  readonly made: Made | undefined;
  readonly settings: Settings;
  readonly reports: readonly EpochReport[];
  /** How many images of the next epoch are done. */
  readonly images: number;
}

/** The lines, for so many columns. */
export function savedText(saved: Saved, width: number): string[] {
  const { settings, layers, parameters, dataset, made, reports } = saved;
  const rows: (readonly [string, string])[] = [
    ...(saved.name === undefined ? [] : [["run", visible(saved.name)] as const]),
    ["file", visible(saved.file)],
    ["network", `[${layers}], ${counted(parameters, "parameter", count)}`],
    ["weights sha256", saved.weightsSha256],
    ...(saved.startFrom === undefined
      ? []
      : [["started from", `weights ${visible(saved.startFrom)}`] as const]),
    ["data", visible(dataset.name)],
    ["data sha256", visible(dataset.sha256)],
    ["progress", progressOf(saved)],
    ["trained with", made === undefined ? "not recorded" : madeInWords(made)],
    ["settings", differences(settings)],
  ];
  const margin = Math.max(...rows.map(([label]) => label.length)) + 2;
  const lines = rows.flatMap(([label, text]) => {
    const [first = "", ...more] = wrapped(text, Math.max(20, width - margin), "").split("\n");
    return [label.padEnd(margin) + first, ...more.map((row) => " ".repeat(margin) + row)];
  });
  const fitted = [...results(reports), ...curves(reports, width)].map((line) =>
    wrapped(line, width),
  );
  return [...lines, ...fitted];
}

function progressOf({ reports, settings, images }: Saved): string {
  const seconds = reports.reduce((sum, report) => sum + report.seconds, 0);
  const more = images > 0 ? `, and ${counted(images, "image", count)} of the next` : "";
  return `${reports.length} of ${counted(settings.epochs, "epoch")}${more}, trained in ${duration(seconds)}`;
}

function madeInWords({ version, date, threads, backend, simd }: Made): string {
  const engine = [backend, simd && `${simd} bits`].filter(Boolean).join(", ");
  const machine = `${counted(threads, "thread")}${engine ? `, ${engine}` : ""}`;
  return `train-mnist ${visible(version)}, ${visible(machine)}, ${visible(date)}`;
}

/** Those that are not at their defaults, as flags. */
function differences(settings: Settings): string {
  const given = Object.entries(settings).filter(([name, value]) => {
    const usual = defaults[name as keyof typeof defaults];
    return value !== undefined && wordOf(value) !== wordOf(usual);
  });
  const flags = given.map(([name, value]) => `${flagOf(name)} ${wordOf(value)}`);
  return flags.length === 0 ? "all at their defaults" : flags.join(" ");
}

/** A line on the epoch best on validation, and one on the last. */
function results(reports: readonly EpochReport[]): string[] {
  const [last, best] = [reports.at(-1), bestValidated(reports)];
  if (last === undefined) return [];
  const lines = [`epoch ${last.epoch}, the last: ${resultsOf(last)}`];
  if (best !== undefined && best !== last) {
    lines.unshift(`epoch ${best.epoch}, best on validation: ${resultsOf(best)}`);
  }
  return ["", ...lines];
}

function resultsOf(report: EpochReport): string {
  const sets = ["train", "validation", "test"] as const;
  const accuracies = sets.flatMap((set) => {
    const { [`${set}Accuracy` as const]: accuracy } = report;
    return accuracy === undefined ? [] : [`${set} ${percent(accuracy)}`];
  });
  return [`loss ${report.loss.toFixed(4)}`, ...accuracies].join(", ");
}

const HEIGHT = 9;
const WIDEST = 72;

/** The accuracies over the epochs. */
function curves(reports: readonly EpochReport[], width: number): string[] {
  const drawn = [
    { mark: "·", what: "train", values: reports.map(({ trainAccuracy }) => trainAccuracy) },
    { mark: "v", what: "validation", values: reports.map((each) => each.validationAccuracy) },
    { mark: "t", what: "test", values: reports.map(({ testAccuracy }) => testAccuracy) },
  ].filter(({ values }) => values.some((value) => value !== undefined));
  const size = { width: Math.min(WIDEST, width) - "100.00% │".length, height: HEIGHT };
  const isDrawn = reports.length > 1 && size.width > 1;
  const rows = isDrawn ? plot(drawn, size, percent) : [];
  if (rows.length === 0) return [];
  const legend = drawn.map(({ mark, what }) => `${mark} ${what}`).join("   ");
  return ["", `accuracy over ${reports.length} epochs:   ${legend}`, ...rows];
}
