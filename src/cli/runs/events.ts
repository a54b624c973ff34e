/** The runs in a file of events, as `train-mnist --json` prints them. */
import { GENTLE } from "../../data/deformed/deformation.js";
import { DataError } from "../../data/errors.js";
import { parsedJson } from "../../json.js";
import type { Epoch, ReportedRun } from "../../report/index.js";
import { part, type Range, whole } from "../../training/settings/ranges.js";
import { shortened } from "../errors/presentable.js";
import { EVENT_FORMAT } from "../terminal/event-line.js";

/** What a line of --json says. */
export type Event = Readonly<Record<string, unknown>>;

/** Events that a newer version has written: they are not damaged. */
export class NewerError extends DataError {}

/** Keys of a start event that are no settings. */
const NOT_SETTINGS = [
  ...["event", "format", "name", "version", "date", "threads", "backend", "simd", "executor"],
  ...["dataset", "datasetSha256", "testSize", "layers", "parameters", "recipe", "plain"],
  ...["resumed", "measure", "settings"],
];

/** The runs in such a text. Throws as {@link eventsIn} and {@link runsOf} do. */
export function runsInEvents(text: string, file: string): ReportedRun[] {
  return runsOf(eventsIn(text, file), file);
}

/**
 * A run begins with each start event, unless that resumes the run before it.
 *
 * @throws {DataError} if no run is begun, or no epoch was finished in any
 */
export function runsOf(events: readonly Event[], file: string): ReportedRun[] {
  const begun: { start: Event; events: Event[] }[] = [];
  for (const event of events) {
    const { event: kind, resumed } = event;
    if (kind === "start" && (begun.length === 0 || !isObject(resumed))) {
      begun.push({ start: event, events: [] });
    } else if (begun.length > 0) {
      begun.at(-1)!.events.push(event);
    }
  }
  if (begun.length === 0) throw new DataError(`${file} has no start of a run: ${EXPECTED}.`);
  const runs = begun.map(({ start, events }) => runOf(start, events, file));
  if (runs.every(({ epochs }) => epochs.length === 0)) {
    throw new DataError(`${file} has no finished epoch, so that there is nothing to draw.`);
  }
  return runs.filter(({ epochs }) => epochs.length > 0);
}

const EXPECTED = "expected what train-mnist prints with --json, one object on each line";

/**
 * The events in a text. A last line that is cut off, as by a process that was killed, is left out.
 *
 * @throws {NewerError} if a newer version wrote them
 * @throws {DataError} if the text is something else
 */
export function eventsIn(text: string, file: string): Event[] {
  const lines = text.split("\n");
  return lines.flatMap((line, k) => {
    if (line.trim() === "") return [];
    const event = parsedJson(line);
    if (isObject(event) && "event" in event) {
      const { format } = event;
      if (typeof format !== "number" || format <= EVENT_FORMAT) return [event];
      throw new NewerError(
        `${file} has events of format ${format} from a newer train-mnist, and this one knows format ${EVENT_FORMAT}: update it.`,
      );
    }
    if (k === lines.length - 1 && k > 0) return [];
    const words = shortened(line.trim(), 40);
    throw new DataError(`${file} has on line ${k + 1} no event, but ${words}: ${EXPECTED}.`);
  });
}

function isObject(value: unknown): value is Event {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function runOf(start: Event, events: readonly Event[], file: string): ReportedRun {
  const epochs = new Map<number, Epoch>();
  for (const event of events) {
    const { event: kind } = event;
    if (kind !== "epoch") continue;
    const epoch = epochOf(event, file);
    // A resumed run repeats epochs that were not saved.
    epochs.set(epoch.epoch, epoch);
  }
  const end = events.findLast(({ event }) => event === "end") ?? {};
  const isResumed = [start, ...events].some(({ resumed }) => isObject(resumed));
  const { message } = events.findLast(({ event }) => event === "error") ?? {};
  const { name, dataset, datasetSha256, layers } = start;
  const given = Object.entries(start).filter(
    ([key, value]) => !NOT_SETTINGS.includes(key) && isSetting(value),
  );
  const { deformation, ...settings } = Object.fromEntries(given);
  const hidden = Array.isArray(layers) ? { hidden: layers.slice(1, -1) } : {};
  return {
    name: text(name) ?? "",
    file,
    settings: { ...hidden, ...settings, ...(isObject(deformation) && deformed(deformation)) },
    dataset: { name: text(dataset) ?? "unknown data", sha256: text(datasetSha256) },
    machine: { ...texts(start, TEXTS), ...numbers(start, NUMBERS) },
    epochs: [...epochs.values()].sort((a, b) => a.epoch - b.epoch),
    // Of a run that was resumed, the end has the time since then.
    ...(isResumed ? {} : numbers(end, ["seconds"])),
    ...texts(end, ["weightsSha256"]),
    remarks: typeof message === "string" ? [`The run ended with an error: ${message}`] : [],
  };
}

/** A scalar, or lists and objects three deep, as ranges of elastic deformations are: no setting is more. */
function isSetting(value: unknown, depth = 3): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depth > 0 && Object.values(value).every((part) => isSetting(part, depth - 1));
}

/** Saved runs do not have what is as usual. */
function deformed({ gentle, ...others }: Event): Event {
  return JSON.stringify(gentle) === JSON.stringify(GENTLE) ? others : { ...others, gentle };
}

/** What a start event says of the machine. */
const TEXTS = ["version", "date", "executor", "backend"] as const;
const NUMBERS = ["threads", "simd"] as const;

const ACCURACIES = ["trainAccuracy", "validationAccuracy", "testAccuracy"] as const;

const OTHERS = [
  ...(["loss", "trainLoss", "validationLoss", "testLoss"] as const),
  ...(["learningRate", "seconds"] as const),
];

/** What is larger than anything that can be drawn counts as not measured. */
const MOST = 1e30;

function epochOf(event: Event, file: string): Epoch {
  const { epoch } = event;
  const expectIn = ({ has, expected }: Range<number>, value: unknown, what: string) => {
    if (has(value)) return;
    const words = shortened(JSON.stringify(value) ?? "nothing", 40);
    throw new DataError(`${file} has ${words} as ${what}: expected ${expected}.`);
  };
  expectIn(whole(1), epoch, "the number of an epoch");
  for (const key of ACCURACIES) expectIn(part, event[key] ?? 0, `${key} after epoch ${epoch}`);
  const drawn = OTHERS.filter((key) => Math.abs(event[key] as number) <= MOST);
  return { epoch: epoch as number, ...numbers(event, [...ACCURACIES, ...drawn]) };
}

/** Those of the keys whose values are numbers, as JSON has null for what is unknown. */
function numbers<K extends string>(event: Event, keys: readonly K[]): Partial<Record<K, number>> {
  const known = keys.filter((key) => typeof event[key] === "number");
  return Object.fromEntries(known.map((key) => [key, event[key]])) as Partial<Record<K, number>>;
}

function texts<K extends string>(event: Event, keys: readonly K[]): Partial<Record<K, string>> {
  const known = keys.filter((key) => typeof event[key] === "string");
  return Object.fromEntries(known.map((key) => [key, event[key]])) as Partial<Record<K, string>>;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
