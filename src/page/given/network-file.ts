/** A network in a file that somebody gives the page: what the command has saved. */
import type { Checkpoint } from "../../checkpoints/checkpoint.js";
import { parseCheckpoint } from "../../checkpoints/encoding.js";
import { classNames, namesOrNumbers } from "../../data/class-names.js";
import type { Network } from "../network.js";

/**
 * @param source the name of the file, for the network and for error messages
 * @throws {CheckpointError} unless the bytes are an undamaged checkpoint
 */
export function parseNetwork(bytes: Uint8Array, source: string): Network {
  return networkOf(parseCheckpoint(bytes, source), source);
}

/** The network of a run as the rooms use it. */
export function networkOf(checkpoint: Checkpoint, name: string): Network {
  const { layers, settings, dataset, reports, made } = checkpoint;
  const inputs = layers[0]!.w.shape[1];
  const outputs = layers.at(-1)!.w.shape[0];
  const side = Math.sqrt(inputs);
  const [rows, columns] = Number.isInteger(side) ? [side, side] : [1, inputs];
  const last = reports.findLast(({ testAccuracy }) => Number.isFinite(testAccuracy));
  return {
    ...{ name, rows, columns, theta: layers },
    classes: namesOrNumbers(classNames(dataset.name), outputs),
    activation: settings.activation,
    cost: settings.cost,
    ...(last?.testAccuracy !== undefined && { testAccuracy: last.testAccuracy }),
    run: { settings: { ...settings }, dataset, reports, ...(made && { made }) },
  };
}
