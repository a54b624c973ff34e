/** run.jsonl: what has happened in a run of a sweep, in the lines of --json. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ifThere } from "../../files/if-there.js";
import { orCannot } from "../../sweeps/folder/system.js";
import { type Event, eventsIn } from "../runs/events.js";

/** @param folder that of the run */
export function eventFile(folder: string): string {
  return join(folder, "run.jsonl");
}

/**
 * The events of a run so far; none if there is no file of them yet.
 *
 * @throws {SweepError} if the file cannot be read
 * @throws {NewerError} if a newer version wrote it
 * @throws {DataError} if it is damaged
 */
export async function readEvents(file: string): Promise<Event[]> {
  const text = await orCannot("read", file, () => ifThere(() => readFile(file, "utf8")));
  return text === undefined ? [] : eventsIn(text, file);
}
