/** What a checkpoint says in words: the JSON texts among its metadata, checked. */
import { isSha256 } from "../bytes.js";
import type { Deformation } from "../data/deformed/deformation.js";
import { plainText } from "../training/errors.js";
import type { EpochReport, Settings } from "../training/index.js";
import { conflictIn, impossibleIn } from "../training/settings/compatibility.js";
import { part } from "../training/settings/ranges.js";
import { completeSettings } from "../training/settings/settings.js";
import type { Checkpoint, Made } from "./checkpoint.js";
import type { Refuse } from "./errors.js";
import type { DatasetIdentity } from "./identity.js";

type Metadata = ReadonlyMap<string, string>;

/** Version 0.1.0 kept the settings of deformations together, and once more among the flags. */
type SavedSettings = Partial<Settings> & { readonly deformation?: Deformation };

/** What makes the network what it is. */
const NEEDED = ["hidden", "activation", "cost"] as const;

/** The settings, all of which must be possible. */
export function settingsIn(metadata: Metadata, refuse: Refuse): Settings {
  const saved = objectIn(metadata, "settings", refuse) as SavedSettings;
  const { deformation, ...rest } = saved;
  const settings: Partial<Settings> = { ...rest, ...deformation };
  const wrong = impossibleIn(settings);
  if (wrong !== undefined) throw refuse(`has an impossible setting: ${plainText(wrong)}`);
  const missing = NEEDED.find((name) => settings[name] === undefined);
  if (missing !== undefined) throw refuse(`does not say its ${missing}`);
  // A setting that did not exist when the file was saved had what is now its default.
  const complete = completeSettings(settings);
  const conflict = conflictIn(complete);
  if (conflict !== undefined) throw refuse(`has impossible settings: ${plainText(conflict)}`);
  return complete;
}

export function datasetIn(metadata: Metadata, refuse: Refuse): DatasetIdentity {
  const dataset = objectIn(metadata, "dataset", refuse) as Partial<DatasetIdentity>;
  const { name, sha256 } = dataset;
  if (typeof name === "string" && isSha256(sha256)) return { name, sha256 };
  throw refuse("does not say what data set it was trained on");
}

export function madeIn(metadata: Metadata, refuse: Refuse): Made | undefined {
  if (!metadata.has("made")) return undefined;
  const made = objectIn(metadata, "made", refuse) as Partial<Made>;
  const { version, date, threads, backend = "", simd = 0 } = made;
  const areTexts = [version, date, backend].every((value) => typeof value === "string");
  if (areTexts && Number.isInteger(threads) && Number.isInteger(simd)) return made as Made;
  throw refuse("does not say properly what it was trained with");
}

export function flagsIn(
  metadata: Metadata,
  settings: Settings,
  refuse: Refuse,
): Checkpoint["flags"] {
  const flags = Object.entries(objectIn(metadata, "flags", refuse));
  const wrong = flags.find(([name, value]) => name === "name" && typeof value !== "string");
  if (wrong !== undefined) throw refuse("has a name that is no text");
  return Object.fromEntries(flags.filter(([name]) => !(name in settings)));
}

/** An epoch may be interrupted after each batch. */
export function progressIn(
  metadata: Metadata,
  { trainSize = 0, batchSize }: Settings,
  refuse: Refuse,
): Pick<Checkpoint, "images" | "seconds"> {
  const progress = objectIn(metadata, "progress", refuse) as Partial<Checkpoint>;
  const { images, seconds } = progress;
  if (typeof images === "number" && isAtLeast0(seconds)) {
    const isBetweenBatches = images === trainSize || images % batchSize === 0;
    if (isBetweenBatches && images >= 0 && images <= trainSize) return { images, seconds };
  }
  throw refuse("does not say how many images of its epoch are done");
}

/** JSON has null for what is not finite, as a cost may be that was summed up. */
const isCost = (value: unknown) => value === null || Number.isFinite(value);
const isAtLeast0 = (value: unknown): value is number =>
  Number.isFinite(value) && (value as number) >= 0;

/** What the numbers of a report can be, where they are not missing. */
const REPORT: Readonly<Record<string, (value: unknown) => boolean>> = {
  loss: isCost,
  learningRate: isAtLeast0,
  seconds: isAtLeast0,
  imagesPerSecond: (value) => value === null || isAtLeast0(value),
  trainLoss: isCost,
  trainAccuracy: part.has,
  validationLoss: isCost,
  validationAccuracy: part.has,
  testLoss: isCost,
  testAccuracy: part.has,
};
const NEEDED_IN_REPORT = ["loss", "learningRate", "seconds", "imagesPerSecond"];

export function reportsIn(metadata: Metadata, { epochs }: Settings, refuse: Refuse): EpochReport[] {
  const reports = parsed(metadata, "reports", refuse);
  const isReport = (report: unknown, i: number) =>
    typeof report === "object" &&
    report !== null &&
    (report as Partial<EpochReport>).epoch === i + 1 &&
    NEEDED_IN_REPORT.every((key) => key in report) &&
    Object.entries(report).every(([key, value]) => {
      return Object.hasOwn(REPORT, key) ? REPORT[key]!(value) : Number.isFinite(value);
    });
  if (!Array.isArray(reports) || !reports.every(isReport)) {
    throw refuse(
      "has reports that are not those of epochs 1, 2, …, or that have impossible numbers",
    );
  }
  if (reports.length > epochs) {
    throw refuse(`has reports of ${reports.length} epochs, though its run has only ${epochs}`);
  }
  return reports.map((report: object) => {
    const values = Object.entries(report).map(([key, value]) => [key, value ?? Number.NaN]);
    return { validationAccuracy: undefined, ...Object.fromEntries(values) } as EpochReport;
  });
}

function objectIn(metadata: Metadata, key: string, refuse: Refuse): object {
  const value = parsed(metadata, key, refuse);
  if (typeof value === "object" && value !== null) return value;
  throw refuse(`has metadata "${key}" that is not a JSON object`);
}

function parsed(metadata: Metadata, key: string, refuse: Refuse): unknown {
  const text = metadata.get(key);
  if (text === undefined) throw refuse(`lacks "${key}" in its metadata`);
  try {
    return JSON.parse(text);
  } catch {
    throw refuse(`has metadata "${key}" that is not JSON`);
  }
}
