/** What is in force where a run is resumed, or starts from weights that are there already: their file has a say, too. */
import { type Configuration, expectCompatible } from "../configuration/configure.js";
import { expectEffective } from "./idle.js";
import type { TrainFlags } from "./options.js";
import { resume, type SavedRun } from "./resumption.js";
import { readStart, type Starting, startingFrom } from "./starting.js";

interface InForce {
  readonly configuration: Configuration<TrainFlags>;
  readonly saved: SavedRun | undefined;
  readonly starting: Starting | undefined;
}

/** Throws as `resume` and `readStart` do, and a UsageError if what is then in force does not go together. */
export async function inForce(asked: Configuration<TrainFlags>): Promise<InForce> {
  const { resume: file, startFrom: from } = asked.flags;
  const saved = file === undefined ? undefined : await resume(file, asked);
  const starting = from === undefined ? undefined : await readStart(from);
  const configuration = saved?.configuration ?? (starting ? startingFrom(starting, asked) : asked);
  expectCompatible(configuration);
  // A run is resumed with the flags that it was begun with.
  if (saved === undefined) expectEffective(configuration);
  return { configuration, saved, starting };
}
