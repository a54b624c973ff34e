/** How the runs of a sweep are trained, beside their settings: as it was planned, and as is said now. */
import { resolve } from "node:path";
import { flagOf } from "../../../recipes/words.js";
import type { Description } from "../../../sweeps/folder/description.js";
import type { ExecutorFlags } from "../../options/executor.js";
import type { MeasuringFlags } from "../../options/measuring.js";
import type { Interval } from "../../options/parsers.js";
import type { TrainFlags } from "../../train/options.js";
import type { keptNetworks } from "../planning/options.js";

/** What sweep.json has of it. */
export interface RunFlags extends ExecutorFlags, MeasuringFlags {
  readonly dataset?: string;
  readonly dataDir?: string;
  readonly testDir?: string;
  readonly mirror?: string;
  readonly cacheDir?: string;
  readonly keep: (typeof keptNetworks)[number];
  readonly saveEvery: Interval;
}

/** What may differ from machine to machine, and changes no result. */
export type MachineFlags = Partial<
  Pick<RunFlags, "dataDir" | "testDir" | "cacheDir" | "mirror" | "threads" | "simd">
>;

/** A folder that a flag or the environment names goes before the one that the sweep was planned with. */
export function runFlags({ flags }: Description, now: MachineFlags): RunFlags {
  const { dataDir, ...planned } = flags as unknown as RunFlags;
  const { TRAIN_MNIST_DATA: variable } = process.env;
  const folder = now.dataDir ?? (variable || dataDir);
  return { ...planned, ...now, ...(folder !== undefined && { dataDir: folder }) };
}

/** As a training run is told. */
export function trainFlags({ keep, ...flags }: RunFlags): TrainFlags {
  return { ...flags, quiet: true, ...(keep === "best" && { keepBest: true }) };
}

/** Flags for another process, in whatever folder that is; as many threads as it has cores it finds itself. */
export function asWords({ threads: _, ...flags }: MachineFlags): string[] {
  return Object.entries(flags).flatMap(([name, value]) => {
    const isPath = /Dir$/.test(name);
    return [flagOf(name), isPath ? resolve(value) : value];
  });
}
