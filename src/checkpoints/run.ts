/** Between a trainer and a checkpoint. */
import { type Matrix, matrixOf } from "../autodiff/index.js";
import { type Parameters, parameters } from "../nn/index.js";
import { type StateVariable, sizesOf, type Trainer } from "../training/index.js";
import type { Checkpoint } from "./checkpoint.js";

/** What a trainer does not know of its run: all but the data and the reports is left out between epochs. */
export type Circumstances = Pick<Checkpoint, "dataset" | "reports"> &
  Partial<Pick<Checkpoint, "flags" | "made" | "images" | "seconds">>;

/** A checkpoint of the trainer's present state. */
export function capture(
  trainer: Trainer,
  { dataset, made, reports, flags = {}, images = 0, seconds = 0 }: Circumstances,
): Checkpoint {
  const state = new Map(
    trainer.state().map(({ name, shape, elements }) => [name, matrixOf(shape, elements)]),
  );
  const take = (name: string) => {
    const value = state.get(name) as Matrix;
    state.delete(name);
    return value;
  };
  const layers = parameters(trainer.layers).map(({ w, b }) => ({
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
export function restore(trainer: Trainer, { layers, state }: Checkpoint): void {
  trainer.restore([...parametersOf(layers), ...[...state].map(variableOf)]);
}

/**
 * Gives a trainer at its beginning these parameters in place of those that were drawn. Throws a
 * SettingsError if they are those of another network.
 */
export function startFrom(trainer: Trainer, layers: Parameters<Matrix>): void {
  const given = parametersOf(layers);
  const names = new Set(given.map(({ name }) => name));
  trainer.restore([...given, ...trainer.state().filter(({ name }) => !names.has(name))]);
}

function parametersOf(layers: Parameters<Matrix>): StateVariable[] {
  const names = parameters(sizesOf(layers));
  return layers.flatMap(({ w, b }, l) => [
    variableOf([names[l]!.w.name, w]),
    variableOf([names[l]!.b.name, b]),
  ]);
}

function variableOf([name, { shape, data }]: readonly [string, Matrix]): StateVariable {
  return { name, shape, elements: data as StateVariable["elements"] };
}
