/** sweep.json: what all runs of a sweep have in common, and which of its runs belong to it now. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ifThere } from "../../files/if-there.js";
import { replaceFile } from "../../files/replace.js";
import { type Checks, isRecord, isText, parsedJson } from "../../json.js";
import { whole } from "../../training/settings/ranges.js";
import { SweepError } from "../errors.js";
import type { Common } from "../plan/identity.js";
import { orCannot } from "./system.js";

/** Raised when a folder means something else than before; older programs then refuse it. */
const FORMAT = 1;

export interface Description extends Common {
  /** Of the package that has planned it last. */
  readonly version: string;
  /** What the plan was made of, as it was written, for people. */
  readonly spec: unknown;
  /** How all runs are trained, beside their settings: names of flags and their values. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** The runs that belong to the sweep, as it was planned last: from an index to an index, both included. */
  readonly runs: readonly (readonly [first: number, last: number])[];
}

export const DESCRIPTION = "sweep.json";

/** Throws if a sweep is another one than is expected, or if it cannot be trained with such flags. */
export type Expectation = (description: Description, file: string) => void;

/**
 * Undefined if there is none. Throws a {@link SweepError} if it is damaged, or of another format, and whatever
 * `expect` throws.
 */
export async function readDescription(
  directory: string,
  expect: Expectation,
): Promise<Description | undefined> {
  const file = join(directory, DESCRIPTION);
  const text = await orCannot("read", file, () => ifThere(() => readFile(file, "utf8")));
  if (text === undefined) return undefined;
  const { format, ...description } = parsed(text, file);
  if (format !== FORMAT) {
    throw new SweepError(
      `${file} has format ${format}, where this train-mnist knows format ${FORMAT}: use the train-mnist that wrote it.`,
    );
  }
  expect(description, file);
  return description;
}

export function damaged(file: string, how: string): SweepError {
  return new SweepError(
    `${file} is damaged: ${how}; delete the file and plan the sweep again, and what is done stays.`,
  );
}

function parsed(text: string, file: string): Description & { readonly format: unknown } {
  const value = parsedJson(text);
  const hasFormat = isRecord<{ format: unknown }>(value, { format: (it) => it !== undefined });
  // What else a description of another format has is not known.
  if (hasFormat && (value.format !== FORMAT || isRecord<Checked>(value, CHECKS))) {
    return value as Description & { readonly format: unknown };
  }
  throw damaged(file, "it does not describe a sweep");
}

type Checked = Pick<Description, "dataset" | "flags" | "runs">;

const CHECKS: Checks<Checked> = {
  dataset: (value) => isRecord<{ sha256: string }>(value, { sha256: isText }),
  flags: (value) => isRecord(value, {}),
  runs: areRanges,
};

/** Whether they are ranges of whole numbers, each behind the one before. */
function areRanges(runs: unknown): boolean {
  if (!Array.isArray(runs)) return false;
  let least = 0;
  return runs.every((range) => {
    const [first, last] = Array.isArray(range) ? range : [];
    const isRange = whole(least).has(first) && whole(first).has(last);
    least = last + 1;
    return isRange;
  });
}

export async function writeDescription(directory: string, description: Description): Promise<void> {
  const file = join(directory, DESCRIPTION);
  const text = `${JSON.stringify({ format: FORMAT, ...description }, undefined, 2)}\n`;
  await orCannot("write", file, () => replaceFile(file, [Buffer.from(text)]));
}

/** [0, 1, 2, 5] → [[0, 2], [5, 5]]. @param indices in ascending order */
export function rangesOf(indices: Iterable<number>): [number, number][] {
  const ranges: [number, number][] = [];
  for (const index of indices) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === index - 1) last[1] = index;
    else ranges.push([index, index]);
  }
  return ranges;
}
