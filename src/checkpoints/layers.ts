/** The layers of a network among the tensors of a file, in PyTorch's layout: weights are [out, in]. */
import { type Matrix, matrixOf, type Shape } from "../autodiff/index.js";
import type { Parameters } from "../nn/index.js";
import type { Refuse } from "./errors.js";
import type { Tensor } from "./safetensors.js";

type Tensors = ReadonlyMap<string, Tensor>;

/**
 * The layers whose tensors are named `<name>.weight` and `<name>.bias`, the first layer first.
 *
 * @param outputs how many units each layer should have, where that is known
 * @throws what `refuse` makes if one is missing, does not fit the layer before it, or is not finite
 */
export function layersNamed(
  names: readonly string[],
  tensors: Tensors,
  refuse: Refuse,
  outputs: readonly (number | undefined)[] = [],
): Parameters<Matrix> {
  const find = (name: string, shape: readonly (number | undefined)[]): Tensor => {
    const tensor = tensors.get(name);
    if (tensor === undefined) throw refuse(`lacks the tensor ${name}`);
    const fits = shape.length === tensor.shape.length;
    if (!fits || shape.some((n, i) => n !== undefined && n !== tensor.shape[i])) {
      const found = tensor.shape.join("×") || "a single number";
      const expected = shape.map((n) => n ?? "any").join("×");
      throw refuse(`has ${name} of shape ${found}, where ${expected} is expected`);
    }
    if (tensor.data.some((element) => !Number.isFinite(element))) {
      throw refuse(`has numbers in ${name} that are not finite`);
    }
    return tensor;
  };
  let inputs: number | undefined;
  return names.map((name, l) => {
    const weight = find(`${name}.weight`, [outputs[l], inputs]);
    const [rows, columns] = weight.shape as Shape;
    if (rows === 0 || columns === 0) throw refuse(`has no numbers in ${name}.weight`);
    const bias = find(`${name}.bias`, [rows]);
    inputs = rows;
    return {
      w: matrixOfTensor([rows, columns], weight.data),
      b: matrixOfTensor([rows, 1], bias.data),
    };
  });
}

/**
 * The names of all layers in a file that holds a network and nothing else, as torch.nn.Sequential gives
 * them (`0`, `2`, …) or with anything before their numbers (`layers.0`, `fc1`), in the order of these.
 */
export function layerNamesIn(tensors: Tensors, refuse: Refuse): string[] {
  const numbers = new Map<string, number>();
  for (const name of tensors.keys()) {
    const [, layer, number] = /^(.*?(\d+))\.(?:weight|bias)$/.exec(name) ?? [];
    if (layer === undefined) {
      throw refuse(
        `has the tensor ${name}, where only weights and biases of layers are expected, such as 0.weight and 0.bias`,
      );
    }
    numbers.set(layer, Number(number));
  }
  if (numbers.size === 0) throw refuse("has no tensors");
  const begins = new Set([...numbers.keys()].map((name) => name.replace(/\d+$/, "")));
  if (begins.size > 1) {
    const some = [...begins].slice(0, 2).map((begin) => `${begin}….weight`);
    throw refuse(`has tensors of more than one network, such as ${some.join(" and ")}`);
  }
  return [...numbers].sort(([, a], [, b]) => a - b).map(([name]) => name);
}

export function nameLayers(count: number): string[] {
  return Array.from({ length: count }, (_, l) => `layers.${l}`);
}

/** The inverse of `layersNamed`: the tensors of these layers, under their names. */
export function tensorsNamed(
  names: readonly string[],
  layers: Parameters<Matrix>,
): [string, Tensor][] {
  return layers.flatMap(({ w, b }, l): [string, Tensor][] => [
    [`${names[l]}.weight`, tensorOf(w)],
    [`${names[l]}.bias`, { ...tensorOf(b), shape: [b.shape[0]] }],
  ]);
}

export function tensorOf({ shape: [rows, columns], data }: Matrix): Tensor {
  return { shape: [rows, columns], data: transposed(data as Tensor["data"], rows, columns) };
}

export function matrixOfTensor(shape: Shape, data: Tensor["data"]): Matrix {
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
