/**
 * runs.jsonl: a line for each run, whose number, from 0, is the run's index. Lines are only ever appended,
 * so that an index means the same run for good. There may be a hundred thousand of them: a line is only
 * read where it is asked for.
 */
import { open, readFile } from "node:fs/promises";
import { isSha256 } from "../../bytes.js";
import { ifThere } from "../../files/if-there.js";
import { type Checks, isRecord, isText, parsedJson } from "../../json.js";
import { completeSettings, type Settings } from "../../training/settings/settings.js";
import { SweepError } from "../errors.js";
import { orCannot } from "./system.js";

/** A run as it was planned. */
export interface PlannedRun {
  readonly index: number;
  readonly sha256: string;
  /** `hidden=100,50 lr=0.3 seed=2` */
  readonly label: string;
  readonly settings: Settings;
}

/** A line. @param settings those that are not as by default, as JSON */
export function lineOf(sha256: string, label: string, settings: string): string {
  return `${BEGINNING}${sha256}","label":${JSON.stringify(label)},"settings":${settings}}\n`;
}

type Line = Pick<PlannedRun, "sha256" | "label"> & { readonly settings: Partial<Settings> };

const LINE: Checks<Line> = {
  sha256: isText,
  label: isText,
  settings: (value) => isRecord(value, {}),
};

const BEGINNING = '{"sha256":"';
const DIGITS = 64;
const NEWLINE = 10;

export class Lines {
  readonly #file: string;
  readonly #bytes: Buffer;
  /** Where each line begins, and where the one after the last would. */
  readonly #starts: readonly number[];

  private constructor(file: string, bytes: Buffer) {
    this.#file = file;
    this.#bytes = bytes;
    const starts = [0];
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, end + 1)) {
      starts.push(end + 1);
    }
    this.#starts = starts;
  }

  /** Those of a file, without a last line that was never finished; none if there is no file. */
  static async read(file: string): Promise<Lines> {
    const bytes = await orCannot("read", file, () => ifThere(() => readFile(file)));
    return new Lines(file, bytes ?? Buffer.alloc(0));
  }

  get count(): number {
    return this.#starts.length - 1;
  }

  /**
   * Throws a {@link SweepError} if the line is damaged, or has other settings than those that it was written with.
   *
   * @param digest gives the digest of a run's settings
   */
  run(index: number, digest: (settings: string) => string): PlannedRun {
    const text = this.#bytes.toString("utf8", this.#starts[index], this.#starts[index + 1]);
    const line = parsedJson(text);
    if (!isRecord<Line>(line, LINE) || digest(JSON.stringify(line.settings)) !== line.sha256) {
      throw this.#damaged(index);
    }
    const { sha256, label, settings } = line;
    return { index, sha256, label, settings: completeSettings(settings) };
  }

  /** The digest of a run, without reading the rest. */
  sha256(index: number): string {
    const from = (this.#starts[index] as number) + BEGINNING.length;
    const sha256 = this.#bytes.toString("latin1", from, from + DIGITS);
    if (isSha256(sha256)) return sha256;
    throw this.#damaged(index);
  }

  /**
   * Writes more lines after these, in the place of one that was never finished. If that fails, or what gives
   * the lines throws, the file is left with those that it had.
   */
  async append(lines: Iterable<string>): Promise<void> {
    await orCannot("write", this.#file, async () => {
      const handle = await open(this.#file, "a");
      const end = this.#starts.at(-1);
      try {
        await handle.truncate(end);
        for (const piece of pieces(lines)) await handle.writeFile(piece);
        await handle.sync();
      } catch (error) {
        await handle.truncate(end).catch(() => {});
        throw error;
      } finally {
        await handle.close();
      }
    });
  }

  #damaged(index: number): SweepError {
    return new SweepError(
      `${this.#file} is damaged in line ${index + 1}, which does not have a run as it was planned: restore the file, or plan the sweep in a new folder.`,
    );
  }
}

/** In characters. */
const PIECE = 500_000;

/** The lines, many at a time. */
function* pieces(lines: Iterable<string>): Generator<string> {
  let piece = "";
  for (const line of lines) {
    piece += line;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}
