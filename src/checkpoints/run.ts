/** Between a trainer and a checkpoint. */
import { type Matrix, matrixOf, type Variable } from "../autodiff/index.js";
import { type Parameters, parameters } from "../nn/index.js";
import {
  averagesOf,
  type Settings,
  type StateVariable,
  sizesOf,
  type Trainer,
} from "../training/index.js";
import type { Checkpoint } from "./checkpoint.js";

/**
 * What a trainer does not know of its run. In the middle of an epoch, `images` says how many of its images are done,
 * as `onProgress` was told, and `seconds` how long that took; between epochs both are left out.
 */
export type RunMetadata = Pick<Checkpoint, "dataset" | "reports"> &
  Partial<Pick<Checkpoint, "flags" | "made" | "images" | "seconds">>;

/** A checkpoint of the trainer's present state. */
export function capture(
  trainer: Trainer,
  { dataset, made, reports, flags = {}, images = 0, seconds = 0 }: RunMetadata,
): Checkpoint {
  const state = new Map(
    trainer.state().map(({ name, shape, elements }) => [name, matrixOf(shape, elements)]),
  );
  const take = (name: string) => {
    const value = state.get(name) as Matrix;
    state.delete(name);
    return value;
  };
  const layers = networkOf(trainer.layers, trainer.settings).map(({ w, b }) => ({
    w: take(w.name),
    b: take(b.name),
  }));
  const settings = { ...trainer.settings, ...trainer.split };
  return { layers, settings, flags, dataset, made, reports, images, seconds, state };
}

/**
 * Gives the trainer the state of a checkpoint. Throws a SettingsError if that is one of another
 * network or optimiser.
 */
export function restore(trainer: Trainer, { layers, settings, state }: Checkpoint): void {
  const network = networkOf(sizesOf(layers), settings);
  trainer.restore([...valuesOf(network, layers), ...[...state].map(variableOf)]);
}

/**
 * Gives a trainer at its beginning these parameters, and averages that start as they do, in place of those
 * that were drawn. Throws a SettingsError if they are those of another network.
 */
export function startFrom(trainer: Trainer, layers: Parameters<Matrix>): void {
  const theta = parameters(sizesOf(layers));
  const variables = [theta, averagesOf(theta, trainer.settings)];
  const given = variables.flatMap((each) => valuesOf(each, layers));
  const names = new Set(given.map(({ name }) => name));
  trainer.restore([...given, ...trainer.state().filter(({ name }) => !names.has(name))]);
}

/** The variables of a trainer that make its network: the parameters, or their averages. */
function networkOf(sizes: readonly number[], settings: Settings): Parameters<Variable> {
  return averagesOf(parameters(sizes), settings);
}

function valuesOf(variables: Parameters<Variable>, layers: Parameters<Matrix>): StateVariable[] {
  return layers.flatMap(({ w, b }, l) => [
    variableOf([variables[l]!.w.name, w]),
    variableOf([variables[l]!.b.name, b]),
  ]);
}

function variableOf([name, { shape, data }]: readonly [string, Matrix]): StateVariable {
  return { name, shape, elements: data as StateVariable["elements"] };
}
