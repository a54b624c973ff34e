/** Flags that can have no effect beside others. What a recipe or a file has may be idle; what is typed is meant. */
import { flagOf, wordOf } from "../../recipes/words.js";
import { isIdle, whyIdle } from "../../training/settings/idle.js";
import type { Configuration } from "../configuration/configure.js";
import { whyNotFetched } from "../dataset/places.js";
import { UsageError } from "../errors/kinds.js";
import { withFlags } from "../errors/sentence.js";
import type { TrainFlags } from "./options.js";

/** Throws a {@link UsageError} that says why, if a flag on the command line has no effect. */
export function expectEffective({ settings, flags, given }: Configuration<TrainFlags>): void {
  const { startFrom, measure, evalEvery, mirror, cacheDir, save, view } = flags;
  const values = { ...settings, evalEvery, mirror, cacheDir };
  const why = (name: keyof typeof values): string | undefined => {
    if (name === "init" && startFrom !== undefined) {
      return `with --start-from ${startFrom}, the first weights are those of the file`;
    }
    if (name === "evalEvery") {
      return measure.includes("none") ? "with --measure none, nothing is measured" : undefined;
    }
    if (name === "mirror") return whyNotFetched(flags);
    // The page offers the data sets that are in the cache.
    if (name === "cacheDir") return view ? undefined : whyNotFetched(flags);
    // A run that is saved may be resumed with more epochs.
    if (name === "lrEnd" && save !== undefined) return undefined;
    if (!isIdle(name, settings)) return undefined;
    return withFlags(whyIdle(name, settings), ({ setting }) => given.source(setting));
  };
  for (const name of Object.keys(values) as (keyof typeof values)[]) {
    const reason = given.byFlag(name) ? why(name) : undefined;
    if (reason === undefined) continue;
    throw new UsageError(`${flagOf(name)} ${wordOf(values[name])} has no effect: ${reason}`);
  }
}
