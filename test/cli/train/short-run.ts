/** Short runs of the command, and what they print. */
import { join } from "node:path";
import { expect } from "vitest";
import { readCheckpoint, writeCheckpoint } from "../../../src/checkpoints/index.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { linesOf, type Outcome } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";

/** What the tests read of a line of `--json`. */
export interface Event {
  readonly event: string;
  readonly epoch?: number;
  readonly seconds?: number;
  readonly imagesPerSecond?: number;
  readonly bestEpoch?: number;
  readonly weightsSha256?: string;
  readonly goOn?: string;
}

export const eventsOf = ({ stdout }: Outcome) =>
  linesOf(stdout).map((line) => JSON.parse(line) as Event);
/** The SHA-256 of the weights that a run with `--json` ends with. */
export const endOf = (outcome: Outcome) => eventsOf(outcome).at(-1)?.weightsSha256;

/** The flags of a short run, and the file that it is saved to. */
export function prepare() {
  const data = ["--data-dir", dataDirectory()];
  const settings = ["--validation-size", "10", "--epochs", "3", "--hidden", "8", "--seed", "5"];
  const directory = temporaryDirectory();
  const file = join(directory, "model.safetensors");
  return { data, flags: [...data, ...settings], directory, file };
}

/** Makes a saved run one that was stopped after so many epochs, some images into the next. */
export async function rewrite(
  file: string,
  epochs: number,
  { images = 0, seconds = 0, validationAccuracy = 0.5 } = {},
): Promise<void> {
  const { reports, ...rest } = await readCheckpoint(file);
  const [first, ...others] = reports.slice(0, epochs);
  const finished = first === undefined ? [] : [{ ...first, validationAccuracy }, ...others];
  await writeCheckpoint(file, { ...rest, reports: finished, images, seconds });
}

/** One line on stderr that says why, and nothing on stdout. */
export function expectRefusal(
  { code, stdout, stderr }: Outcome,
  expected: number,
  says: RegExp,
): void {
  expect({ code, stdout }).toEqual({ code: expected, stdout: "" });
  expect(stderr).toMatch(/^train-mnist: [^\n]+\n$/);
  expect(stderr).toMatch(says);
}
