/** A checkpoint's place in a safetensors file: tensors of PyTorch's names and layout, and metadata. */
import type { Matrix, Shape } from "../autodiff/index.js";
import { expectBytes, expectObject } from "../given.js";
import type { Checkpoint } from "./checkpoint.js";
import { isUndamaged, signed } from "./digest.js";
import { CheckpointError, type Refuse, VersionError } from "./errors.js";
import { layersNamed, matrixOfTensor, nameLayers, tensorOf, tensorsNamed } from "./layers.js";
import { datasetIn, flagsIn, madeIn, progressIn, reportsIn, settingsIn } from "./metadata.js";
import {
  encodeSafetensors,
  parseBeginning,
  parseSafetensors,
  type Safetensors,
} from "./safetensors.js";

/** Raised when a file means something else than before; older programs then refuse it. */
const VERSION = "1";

/** What the names of the tensors in `state` begin with. */
const STATE = "state.";

/** The bytes of a checkpoint's file, in pieces that are to follow each other. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array[] {
  expectObject("encodeCheckpoint: the checkpoint", checkpoint, "an object, as capture makes it");
  const { layers, settings, flags, dataset, made, reports, state, ...progress } = checkpoint;
  const tensors = new Map(tensorsNamed(nameLayers(layers.length), layers));
  for (const [name, matrix] of state) tensors.set(STATE + name, tensorOf(matrix));
  const metadata = new Map([
    ["format", "train-mnist"],
    ["version", VERSION],
    ["settings", JSON.stringify(settings)],
    ["flags", JSON.stringify(flags)],
    ["dataset", JSON.stringify(dataset)],
    ["reports", JSON.stringify(reports)],
    ...(made ? ([["made", JSON.stringify(made)]] as const) : []),
    ["progress", JSON.stringify({ images: progress.images, seconds: progress.seconds })],
  ]);
  return encodeSafetensors(signed({ tensors, metadata }));
}

/**
 * Reads the bytes of a checkpoint's file.
 *
 * @param source what error messages call the file
 * @throws {CheckpointError} unless they are a checkpoint, undamaged, whose parts fit together
 */
export function parseCheckpoint(bytes: Uint8Array, source: string): Checkpoint {
  expectBytes("parseCheckpoint: the bytes", bytes);
  const file = parseSafetensors(bytes, source);
  const refuse = (how: string) => new CheckpointError(`${source} ${how}.`);
  const { tensors, metadata } = file;
  checkFormat(metadata, refuse);
  if (!isUndamaged(file)) {
    throw refuse("is damaged: its contents do not have the SHA-256 that they were saved with");
  }
  const settings = settingsIn(metadata, refuse);
  return {
    layers: layersNamed(nameLayers(settings.hidden.length + 1), tensors, refuse, settings.hidden),
    settings,
    flags: flagsIn(metadata, settings, refuse),
    dataset: datasetIn(metadata, refuse),
    made: madeIn(metadata, refuse),
    reports: reportsIn(metadata, settings, refuse),
    ...progressIn(metadata, settings, refuse),
    state: stateIn(tensors, refuse),
  };
}

/**
 * Throws a {@link CheckpointError} if the file with this beginning is not a checkpoint.
 *
 * @param bytes the file up to its tensors, or more of it
 * @param total the length of the file
 */
export function checkBeginning(bytes: Uint8Array, total: number, source: string): void {
  const { metadata } = parseBeginning(bytes, total, source);
  checkFormat(metadata, (how) => new CheckpointError(`${source} ${how}.`));
}

/** Whether a file says of itself that it is a checkpoint. */
export function isCheckpoint(metadata: Safetensors["metadata"]): boolean {
  return metadata.get("format") === "train-mnist";
}

function checkFormat(metadata: Safetensors["metadata"], refuse: Refuse): void {
  if (!isCheckpoint(metadata)) {
    throw refuse("is a safetensors file, but not one that train-mnist has saved");
  }
  const version = metadata.get("version");
  if (version !== VERSION) {
    const { message } = refuse(
      `has version ${version} of the format, where this train-mnist reads version ${VERSION}: use the train-mnist that saved it`,
    );
    throw new VersionError(message);
  }
}

function stateIn(tensors: Safetensors["tensors"], refuse: Refuse): Map<string, Matrix> {
  const state = new Map<string, Matrix>();
  for (const [name, { shape, data }] of tensors) {
    if (!name.startsWith(STATE)) continue;
    if (shape.length !== 2)
      throw refuse(`has ${name} of rank ${shape.length}, where 2 is expected`);
    state.set(name.slice(STATE.length), matrixOfTensor(shape as unknown as Shape, data));
  }
  return state;
}
