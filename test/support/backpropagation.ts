/**
 * Backpropagation written out by hand: Nielsen, Neural Networks and Deep Learning, chapter 2, in plain
 * loops over one sample after the other. It shares nothing with the graph that it is compared with.
 */
import { type Matrix, matrixOf } from "../../src/autodiff/index.js";
import type { Images } from "../../src/data/index.js";
import type { ActivationName, CostName, Parameters } from "../../src/nn/index.js";

/** w[j][k] leads from neuron k of the layer before to neuron j. */
interface PlainLayer {
  readonly w: number[][];
  readonly b: number[];
}

export type PlainNetwork = readonly PlainLayer[];

export interface Sample {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** What the pixels, and the activations of each hidden layer, are multiplied by: dropout. */
  readonly factors?: readonly (readonly number[])[] | undefined;
}

export interface Functions {
  readonly activation: ActivationName;
  readonly cost: CostName;
}

const logistic = (z: number) => 1 / (1 + Math.exp(-z));
// Here and below 1 − σ(z) is written σ(−z), which does not cancel.
const logisticPrime = (z: number) => logistic(z) * logistic(-z);

/** σ and σ' of the hidden layers. */
export const plainActivations: Record<
  ActivationName,
  { readonly value: (z: number) => number; readonly derivative: (z: number) => number }
> = {
  sigmoid: { value: logistic, derivative: logisticPrime },
  tanh: { value: Math.tanh, derivative: (z) => 1 - Math.tanh(z) ** 2 },
  "scaled-tanh": {
    value: (z) => 1.7159 * Math.tanh(0.6666 * z),
    derivative: (z) => 1.7159 * 0.6666 * (1 - Math.tanh(0.6666 * z) ** 2),
  },
  relu: { value: (z) => Math.max(z, 0), derivative: (z) => (z > 0 ? 1 : 0) },
};

interface PlainCost {
  readonly output: (z: readonly number[]) => number[];
  /** The cost of one sample. */
  readonly cost: (z: readonly number[], y: readonly number[]) => number;
  /** BP1: δ^L of one sample. */
  readonly delta: (z: readonly number[], y: readonly number[]) => number[];
}

const total = (terms: readonly number[]) => terms.reduce((sum, term) => sum + term, 0);

function plainSoftmax(z: readonly number[]): number[] {
  const exponentials = z.map(Math.exp);
  const sum = total(exponentials);
  return exponentials.map((e) => e / sum);
}

/** The textbook's formulas of the costs, which are only good for moderate z. */
export const plainCosts: Record<CostName, PlainCost> = {
  quadratic: {
    output: (z) => z.map(logistic),
    cost: (z, y) => total(z.map((z, k) => (logistic(z) - y[k]!) ** 2)) / 2,
    delta: (z, y) => z.map((z, k) => (logistic(z) - y[k]!) * logisticPrime(z)),
  },
  "cross-entropy": {
    output: (z) => z.map(logistic),
    cost: (z, y) => {
      const term = (z: number, y: number) =>
        y * Math.log(logistic(z)) + (1 - y) * Math.log(logistic(-z));
      return -total(z.map((z, k) => term(z, y[k]!)));
    },
    delta: (z, y) => z.map((z, k) => logistic(z) - y[k]!),
  },
  softmax: {
    output: plainSoftmax,
    cost: (z, y) => -total(plainSoftmax(z).map((a, k) => y[k]! * Math.log(a))),
    delta: (z, y) => plainSoftmax(z).map((a, k) => a - y[k]!),
  },
};

/** a, or a ⊙ f where there are factors f. */
const scaled = (a: readonly number[], f: readonly number[] | undefined) =>
  a.map((a, k) => a * (f?.[k] ?? 1));

/** The weighted inputs z¹ … z^L of all layers, z^l = w^l a^(l−1) + b^l. */
export function weightedInputs(
  network: PlainNetwork,
  { x, factors }: Pick<Sample, "x" | "factors">,
  activation: ActivationName,
): number[][] {
  const zs: number[][] = [];
  let a = scaled(x, factors?.[0]);
  for (const { w, b } of network) {
    const z = w.map((row, j) => total(row.map((weight, k) => weight * a[k]!)) + b[j]!);
    zs.push(z);
    a = scaled(z.map(plainActivations[activation].value), factors?.[zs.length]);
  }
  return zs;
}

/** The cost of one sample. */
export function costOf(network: PlainNetwork, sample: Sample, functions: Functions): number {
  const z = weightedInputs(network, sample, functions.activation).at(-1) as number[];
  return plainCosts[functions.cost].cost(z, sample.y);
}

/** ∂C/∂w^l and ∂C/∂b^l of the mean cost of the batch, by BP1 to BP4. */
export function backpropagate(
  network: PlainNetwork,
  batch: readonly Sample[],
  { activation, cost }: Functions,
): PlainNetwork {
  const { value, derivative } = plainActivations[activation];
  const gradient = network.map(({ w, b }) => ({
    w: w.map((row) => row.map(() => 0)),
    b: b.map(() => 0),
  }));
  for (const { x, y, factors } of batch) {
    const zs = weightedInputs(network, { x, factors }, activation);
    let delta = plainCosts[cost].delta(zs.at(-1) as number[], y);
    for (let l = network.length - 1; l >= 0; l--) {
      const before = scaled(l === 0 ? x : zs[l - 1]!.map(value), factors?.[l]);
      const { w: wBar, b: bBar } = gradient[l]!;
      for (let j = 0; j < delta.length; j++) {
        bBar[j]! += delta[j]! / batch.length;
        for (let k = 0; k < before.length; k++) {
          wBar[j]![k]! += (delta[j]! * before[k]!) / batch.length;
        }
      }
      if (l > 0) {
        const prime = scaled(zs[l - 1]!.map(derivative), factors?.[l]);
        delta = oneLayerDown(network[l]!.w, delta, prime);
      }
    }
  }
  return gradient;
}

/** The sample, its x moved by the length ε along x̄ = (w¹)ᵀ δ¹: what BP2 makes of the inputs. */
export function moved(
  network: PlainNetwork,
  sample: Sample,
  functions: Functions,
  epsilon: number,
): Sample {
  const delta = backpropagate(network, [sample], functions)[0]!.b;
  const kept = scaled(
    sample.x.map(() => 1),
    sample.factors?.[0],
  );
  const bar = oneLayerDown(network[0]!.w, delta, kept);
  const norm = Math.hypot(...bar);
  return {
    ...sample,
    x: sample.x.map((x, k) => (norm === 0 ? x : x + (epsilon * bar[k]!) / norm)),
  };
}

/** BP2: δ^l = ((w^(l+1))ᵀ δ^(l+1)) ⊙ σ'(z^l) */
function oneLayerDown(w: number[][], delta: number[], sigmaPrime: number[]): number[] {
  return sigmaPrime.map((prime, k) => prime * total(delta.map((d, j) => w[j]![k]! * d)));
}

/** A matrix of the rows that a plain network holds. */
export function toMatrix(rows: readonly (readonly number[])[]): Matrix {
  const [height, width] = [rows.length, rows[0]!.length];
  const data = new Float64Array(height * width);
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) data[c * height + r] = rows[r]![c]!;
  }
  return matrixOf([height, width], data);
}

/** The rows of a matrix. */
export function toRows({ shape: [rows, columns], data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => data[c * rows + r]!),
  );
}

/** The same parameters as plain arrays. */
export function plain(theta: Parameters<Matrix>): PlainNetwork {
  return theta.map(({ w, b }) => ({ w: toRows(w), b: toRows(b).flat() }));
}

/** All numbers of a network, layer by layer, w before b, each row by row. */
export function numbersOf(network: PlainNetwork): number[][] {
  return network.flatMap(({ w, b }) => [w.flat(), b]);
}

/** Image i of a set as a sample: its pixels from 0 to 1, and 1 for its class. */
export function sampleOf({ pixels, labels, rows, columns }: Images, i: number): Sample {
  const size = rows * columns;
  const x = Array.from(pixels.subarray(i * size, (i + 1) * size), (pixel) => pixel / 255);
  return { x, y: Array.from({ length: 10 }, (_, k) => (k === labels[i] ? 1 : 0)) };
}
