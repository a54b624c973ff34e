/**
 * The book's equations in plain loops: Nielsen, Neural Networks and Deep Learning, chapter 2 (BP1 to
 * BP4) and chapter 3 (the cross-entropies). Nothing here knows the graph that it is compared with.
 */
import type { Matrix } from "../autodiff/index.js";
import type { ActivationName, CostName } from "../nn/index.js";
import type { Exercise } from "./network.js";

/** What the book's equations give for one layer; matrices lie column by column. */
export interface BookLayer {
  readonly delta: Float64Array;
  readonly w: Float64Array;
  readonly b: Float64Array;
}

type Vector = ArrayLike<number>;

const sigma = (z: number) => 1 / (1 + Math.exp(-z));
/** σ(z) (1 − σ(z)), where 1 − σ(z) = σ(−z) does not cancel. */
const sigmaPrime = (z: number) => sigma(z) * sigma(-z);

const hidden: Readonly<
  Record<ActivationName, readonly [value: (z: number) => number, derivative: (z: number) => number]>
> = {
  sigmoid: [sigma, sigmaPrime],
  tanh: [Math.tanh, (z) => 1 - Math.tanh(z) ** 2],
  relu: [(z) => Math.max(z, 0), (z) => (z > 0 ? 1 : 0)],
  "scaled-tanh": [
    (z) => 1.7159 * Math.tanh(0.6666 * z),
    (z) => 1.7159 * 0.6666 * (1 - Math.tanh(0.6666 * z) ** 2),
  ],
};

/** BP1: δ^L for each cost. */
const outputError: Readonly<Record<CostName, (z: Vector, y: Vector) => Float64Array>> = {
  quadratic: (z, y) => Float64Array.from(z, (z, k) => (sigma(z) - y[k]!) * sigmaPrime(z)),
  "cross-entropy": (z, y) => Float64Array.from(z, (z, k) => sigma(z) - y[k]!),
  softmax: (z, y) => {
    const largest = Math.max(...Array.from(z));
    const powers = Float64Array.from(z, (z) => Math.exp(z - largest));
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power, k) => power / total - y[k]!);
  },
};

/** One pass forward and one backward, layer by layer, by the book's equations. */
export function byTheBook({ theta, activation, cost, input, desired }: Exercise): BookLayer[] {
  const [value, derivative] = hidden[activation];
  const zs: Float64Array[] = [];
  const activations: Vector[] = [input.data];
  for (const { w, b } of theta) {
    const z = product(w, activations.at(-1) as Vector).map((sum, k) => sum + b.data[k]!);
    zs.push(z);
    activations.push(z.map(value));
  }
  let delta = outputError[cost](zs.at(-1) as Vector, desired.data);
  const layers: BookLayer[] = [];
  for (let l = theta.length - 1; l >= 0; l--) {
    layers.unshift({ delta, b: delta, w: outerProduct(delta, activations[l] as Vector) });
    if (l === 0) break;
    const back = transposedProduct(theta[l]!.w, delta);
    delta = back.map((sum, k) => sum * derivative(zs[l - 1]![k]!));
  }
  return layers;
}

/** w a */
function product({ shape: [rows, columns], data }: Matrix, a: Vector): Float64Array {
  const sums = new Float64Array(rows);
  for (let k = 0; k < columns; k++) {
    for (let i = 0; i < rows; i++) sums[i]! += data[k * rows + i]! * a[k]!;
  }
  return sums;
}

/** wᵀ δ */
function transposedProduct({ shape: [rows, columns], data }: Matrix, delta: Vector): Float64Array {
  const sums = new Float64Array(columns);
  for (let k = 0; k < columns; k++) {
    for (let i = 0; i < rows; i++) sums[k]! += data[k * rows + i]! * delta[i]!;
  }
  return sums;
}

/** δ aᵀ */
function outerProduct(delta: Float64Array, a: Vector): Float64Array {
  const result = new Float64Array(delta.length * a.length);
  for (let k = 0; k < a.length; k++)
    result.set(
      delta.map((each) => each * a[k]!),
      k * delta.length,
    );
  return result;
}
