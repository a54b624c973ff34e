/** The networks of a command that uses them: one, or several that agree on what they take and give. */

import { type Checkpoint, type DatasetIdentity, readWeights } from "../../checkpoints/index.js";
import { isSafetensors, TELLING_BYTES } from "../../checkpoints/safetensors.js";
import { readRegularStart } from "../../files/regular.js";
import { flagOf } from "../../recipes/words.js";
import { sizesOf, type TrainedNetwork } from "../../training/index.js";
import { UsageError } from "../errors/kinds.js";
import type { NetworkFlags } from "../options/network.js";

export interface Network extends TrainedNetwork {
  readonly file: string;
  /** What it was trained on; undefined where the file does not say. */
  readonly dataset: DatasetIdentity | undefined;
}

/** The functions of a network, as flags name them. */
const FUNCTIONS = ["activation", "cost"] as const;

/**
 * Reads networks, of which those in files of weights alone have the functions of the flags.
 *
 * @throws {CheckpointError} if one cannot be read, or is damaged
 * @throws {UsageError} if flags are missing or of no use, or if the networks are not alike
 */
export async function readNetworks(
  files: readonly string[],
  flags: NetworkFlags,
): Promise<readonly [Network, ...Network[]]> {
  const networks: Network[] = [];
  const saved: Checkpoint[] = [];
  for (const file of files) {
    const { layers, checkpoint } = await readWeights(file);
    if (checkpoint !== undefined) saved.push(checkpoint);
    const settings = checkpoint?.settings ?? functionsOf(file, flags);
    networks.push({ file, layers, settings, dataset: checkpoint?.dataset });
  }
  const idle = FUNCTIONS.find((name) => flags[name] !== undefined);
  if (idle !== undefined && saved.length === networks.length) {
    const { [idle]: own } = saved[0]!.settings;
    throw new UsageError(
      `${flagOf(idle)} is for a file of weights alone: ${files[0]} says itself that it has ${flagOf(idle)} ${own}`,
    );
  }
  expectAlike(networks);
  return networks as [Network, ...Network[]];
}

function functionsOf(file: string, { activation, cost }: NetworkFlags): Network["settings"] {
  if (activation !== undefined && cost !== undefined) return { activation, cost };
  throw new UsageError(
    `${file} has weights alone: say --activation <name> and --cost <name>, which it does not`,
  );
}

function expectAlike([first, ...others]: readonly Network[]): void {
  for (const other of others) {
    const [a, b] = [first!, other].map(({ layers }) => sizesOf(layers)) as [number[], number[]];
    if (a[0] === b[0] && a.at(-1) === b.at(-1)) continue;
    throw new UsageError(
      `${first!.file} takes ${a[0]} pixels and tells ${a.at(-1)} classes, but ${other.file} takes ${b[0]} and tells ${b.at(-1)}: networks that are averaged must agree in both`,
    );
  }
}

/**
 * Which of the files are networks, as told by what is in them, and which are something else. A file that
 * cannot be read is what its name says.
 */
export async function networksAmong(
  files: readonly string[],
): Promise<{ networks: string[]; others: string[] }> {
  const [networks, others]: [string[], string[]] = [[], []];
  for (const file of files) ((await isNetwork(file)) ? networks : others).push(file);
  return { networks, others };
}

async function isNetwork(file: string): Promise<boolean> {
  try {
    return isSafetensors((await readRegularStart(file, TELLING_BYTES)).start);
  } catch {
    return /\.safetensors$/i.test(file);
  }
}
