/** The lines of a record, each of which is an entry in JSON, and what each part of that can be. */
import { isSha256 } from "../../bytes.js";
import {
  type Check,
  type Checks,
  isRecord,
  isText,
  listOf,
  orMissing,
  parsedJson,
} from "../../json.js";
import { impossibleIn } from "../../training/settings/compatibility.js";
import { nonNegative, part, ranges, whole } from "../../training/settings/ranges.js";
import { visible } from "../terminal/visible.js";
import {
  type Committee,
  complete,
  isOfSeveral,
  type Origin,
  type Run,
  type RunSettings,
} from "./entry.js";

/** How each line begins. */
const BEGINNING = '{"settings":';

/** What a line holds; undefined if that is something else. */
export function entryIn(line: string): Run | Committee | undefined {
  const entry = line.startsWith(BEGINNING) ? parsedJson(line) : undefined;
  return isRun(entry) || isCommittee(entry) ? entry : undefined;
}

/** Whether a text is the beginning of a line, the rest of which was never written. */
export function isBeginning(text: string): boolean {
  return text.startsWith(BEGINNING) && parsedJson(text) === undefined;
}

function isRun(value: unknown): value is Run {
  if (!isRecord<Run>(value, RUN) || isOfSeveral(value)) return false;
  const { settings, validation, test } = value;
  const { epochs, validationSize, patience, targetAccuracy } = complete(settings);
  const mayEndEarly = patience !== undefined || targetAccuracy !== undefined;
  const isWhole = mayEndEarly ? whole(1, epochs).has(test.length) : test.length === epochs;
  return isWhole && validation.length === (validationSize === 0 ? 0 : test.length);
}

function isCommittee(value: unknown): value is Committee {
  if (!isRecord<Committee>(value, COMMITTEE)) return false;
  const { seeds, weightsSha256 } = value;
  const isOfEach = seeds.length === weightsSha256.length;
  return isOfEach && seeds.length >= 2 && new Set(seeds).size === seeds.length;
}

/** Whether a text can stand in a table, as it is. */
export function isPlain(value: unknown): value is string {
  if (typeof value !== "string" || value.trim() === "") return false;
  return visible(value) === value && !value.includes("|");
}

const isDate: Check = (value) => isPlain(value) && /^\d{4}-\d\d-\d\d$/.test(value);

const ORIGIN: Checks<Origin> = {
  processor: isPlain,
  threads: orMissing((value) => value === "auto" || whole(1).has(value)),
  version: orMissing(isPlain),
  date: orMissing(isDate),
};

/** What runs and committees have alike. */
const COMMON = {
  settings: areSettings,
  dataset: isText,
  made: orMissing((value) => isRecord<Origin>(value, ORIGIN)),
};

const RUN: Checks<Run> = {
  ...COMMON,
  settings: (value) => areSettings(value) && value.seed !== undefined,
  validation: listOf(part.has),
  test: listOf(part.has),
  seconds: nonNegative.has,
  weightsSha256: isSha256,
};

const COMMITTEE: Checks<Committee> = {
  ...COMMON,
  seeds: listOf(ranges.seed.has),
  test: part.has,
  weightsSha256: listOf(isSha256),
};

function areSettings(value: unknown): value is Partial<RunSettings> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { executor, backend, ...others } = value as Partial<RunSettings>;
  return impossibleIn(others) === undefined;
}
