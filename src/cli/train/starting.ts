/** Starting a run from weights that are there already, instead of random ones. */
import { readWeights, type Weights, weightsSha256 } from "../../checkpoints/index.js";
import type { Dataset } from "../../data/dataset.js";
import { flagOf, wordOf } from "../../recipes/words.js";
import { type Settings, sizesOf } from "../../training/index.js";
import type { Configuration } from "../configuration/configure.js";
import { UsageError } from "../errors/kinds.js";

export interface Starting extends Weights {
  readonly file: string;
  /** The digest of the weights. */
  readonly sha256: string;
}

/** Throws a {@link CheckpointError} if the file cannot be read, is damaged, or holds no network. */
export async function readStart(file: string): Promise<Starting> {
  const weights = await readWeights(file);
  return { file, ...weights, sha256: weightsSha256(weights.layers) };
}

/**
 * What is in force for a run that starts from weights, or has started so: what their file says of its network goes
 * before a recipe and the defaults, but not before what the user says.
 */
export function startingFrom<Flags>(
  { layers, checkpoint }: Weights,
  { settings, flags, given }: Configuration<Flags>,
): Configuration<Flags> {
  const said = { hidden: sizesOf(layers).slice(1, -1), ...functionsOf(checkpoint) };
  const names = Object.keys(said) as (keyof typeof said)[];
  const changed = names.filter(
    (name) => !given.byUser(name) && wordOf(said[name]) !== wordOf(settings[name]),
  );
  const own = Object.fromEntries(changed.map((name) => [name, said[name]]));
  const { recipe } = given;
  const followed = recipe && { ...recipe, except: [...recipe.except, ...changed.map(flagOf)] };
  return {
    settings: { ...settings, ...own },
    flags,
    given: {
      ...given,
      source: (name) => {
        return names.some((each) => each === name) && !given.byUser(name)
          ? " (of the weights to start from)"
          : given.source(name);
      },
      ...(followed && { recipe: followed }),
    },
  };
}

function functionsOf(checkpoint: Weights["checkpoint"]): Partial<Settings> {
  if (checkpoint === undefined) return {};
  const { activation, cost } = checkpoint.settings;
  return { activation, cost };
}

/** Throws a {@link UsageError} with the sizes of both if the network is not the one that is to be trained. */
export function expectFitting(
  { file, layers }: Starting,
  { hidden }: Settings,
  { name, train, classes }: Dataset,
): void {
  const [has, needed] = [sizesOf(layers), [train.rows * train.columns, ...hidden, classes]];
  if (has.join() === needed.join()) return;
  const inner = has.slice(1, -1).join() === hidden.join() ? "" : ` with --hidden ${wordOf(hidden)}`;
  throw new UsageError(
    `${file} has a network [${has}], which does not fit: ${name}${inner} needs [${needed}]`,
  );
}
