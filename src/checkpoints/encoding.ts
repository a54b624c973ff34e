/** A checkpoint's place in a safetensors file: tensors of PyTorch's names and layout, and metadata. */
import { type Matrix, matrixOf, type Shape } from "../autodiff/index.js";
import type { Parameters } from "../nn/index.js";
import type { Checkpoint } from "./checkpoint.js";
import { isUndamaged, signed } from "./digest.js";
import { CheckpointError, type Refuse } from "./errors.js";
import { datasetIn, flagsIn, madeIn, progressIn, reportsIn, settingsIn } from "./metadata.js";
import {
  encodeSafetensors,
  parseBeginning,
  parseSafetensors,
  type Safetensors,
  type Tensor,
} from "./safetensors.js";

/** Raised when a file means something else than before; older programs then refuse it. */
const VERSION = "1";

/** What the names of the tensors in `state` begin with. */
const STATE = "state.";

/** The bytes of a checkpoint's file, in pieces that are to follow each other. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array[] {
  const { layers, settings, flags, dataset, made, reports, state, ...progress } = checkpoint;
  const tensors = new Map<string, Tensor>();
  layers.forEach(({ w, b }, l) => {
    tensors.set(`layers.${l}.weight`, tensorOf(w));
    tensors.set(`layers.${l}.bias`, { ...tensorOf(b), shape: [b.shape[0]] });
  });
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
  const file = parseSafetensors(bytes, source);
  const refuse = (how: string) => new CheckpointError(`${source} ${how}.`);
  const { tensors, metadata } = file;
  checkFormat(metadata, refuse);
  if (!isUndamaged(file)) {
    throw refuse("is damaged: its contents do not have the SHA-256 that they were saved with");
  }
  const settings = settingsIn(metadata, refuse);
  return {
    layers: layersIn(tensors, settings.hidden, refuse),
    settings,
    flags: flagsIn(metadata, settings, refuse),
    dataset: datasetIn(metadata, refuse),
    made: madeIn(metadata, refuse),
    reports: reportsIn(metadata, refuse),
    ...progressIn(metadata, settings, refuse),
    state: stateIn(tensors, refuse),
  };
}

/**
 * Throws a {@link CheckpointError} if the file with this beginning is no checkpoint.
 *
 * @param bytes the file up to its tensors, or more of it
 * @param total the length of the file
 */
export function checkBeginning(bytes: Uint8Array, total: number, source: string): void {
  const { metadata } = parseBeginning(bytes, total, source);
  checkFormat(metadata, (how) => new CheckpointError(`${source} ${how}.`));
}

function checkFormat(metadata: Safetensors["metadata"], refuse: Refuse): void {
  if (metadata.get("format") !== "train-mnist") {
    throw refuse("is a safetensors file, but not one that train-mnist has saved");
  }
  const version = metadata.get("version");
  if (version !== VERSION) {
    throw refuse(
      `has version ${version} of the format, where this train-mnist reads version ${VERSION}: use the train-mnist that saved it`,
    );
  }
}

function layersIn(
  tensors: Safetensors["tensors"],
  hidden: readonly number[],
  refuse: Refuse,
): Parameters<Matrix> {
  const find = (name: string, shape: readonly (number | undefined)[]): Tensor => {
    const tensor = tensors.get(name);
    if (tensor === undefined) throw refuse(`lacks the tensor ${name}`);
    const fits = shape.length === tensor.shape.length;
    if (!fits || shape.some((n, i) => n !== undefined && n !== tensor.shape[i])) {
      const expected = shape.map((n) => n ?? "any").join("×");
      throw refuse(`has ${name} of shape ${tensor.shape.join("×")}, where ${expected} is expected`);
    }
    if (tensor.data.some((element) => !Number.isFinite(element))) {
      throw refuse(`has numbers in ${name} that are not finite`);
    }
    return tensor;
  };
  let inputs: number | undefined;
  return [...hidden, undefined].map((outputs, l) => {
    const weight = find(`layers.${l}.weight`, [outputs, inputs]);
    const [rows, columns] = weight.shape as Shape;
    if (rows === 0 || columns === 0) throw refuse(`has no numbers in layers.${l}.weight`);
    const bias = find(`layers.${l}.bias`, [rows]);
    inputs = rows;
    return {
      w: matrixOfTensor([rows, columns], weight.data),
      b: matrixOfTensor([rows, 1], bias.data),
    };
  });
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

function tensorOf({ shape: [rows, columns], data }: Matrix): Tensor {
  return { shape: [rows, columns], data: transposed(data as Tensor["data"], rows, columns) };
}

function matrixOfTensor(shape: Shape, data: Tensor["data"]): Matrix {
  const [rows, columns] = shape;
  return matrixOf(shape, transposed(data, columns, rows));
}

/** The elements of a rows×columns matrix, from column by column to row by row. */
function transposed(data: Tensor["data"], rows: number, columns: number): Tensor["data"] {
  const result = data.slice();
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) result[r * columns + c] = data[c * rows + r]!;
  }
  return result;
}
