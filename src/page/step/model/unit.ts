/**
 * One unit of a real network, for one image: the note's layer a′ = σ(w a + b) with the numbers that are there.
 * It is an output where those are sigmoids. Those of a softmax depend on each other, so there it is a unit of
 * the last hidden layer.
 */
import {
  equations,
  type Matrix,
  type Node,
  type Variable,
  variable,
} from "../../../autodiff/index.js";
import { activations, sigmoid, weightedInput } from "../../../nn/index.js";
import { type AnsweringNetwork, answering } from "../../../report/answering.js";
import { largestOf } from "./large.js";
import { chainsOfLayer } from "./layer.js";
import type { Subject, Units } from "./subject.js";
import { sweepOf } from "./sweep.js";

export interface Seen {
  readonly network: AnsweringNetwork & {
    readonly name: string;
    readonly classes: readonly string[];
  };
  /** From 0 to 255, as many as the network has inputs. */
  readonly pixels: ArrayLike<number>;
  /** Where the image is from. */
  readonly title: string;
}

/** Undefined where there is no such unit: in a network without a hidden layer, with a softmax. */
export function unitOf(
  { network, pixels, title }: Seen,
  wanted: number | undefined,
): (Subject & { readonly units: Units }) | undefined {
  const { theta, classes, activation, cost } = network;
  const isOutput = cost !== "softmax";
  const l = isOutput ? theta.length : theta.length - 1;
  const layer = theta[l - 1];
  if (layer === undefined) return undefined;
  const { hidden, predicted } = answering(network)(pixels);
  const count = layer.w.shape[0];
  const before = l > 1 ? (hidden[l - 2] as Float64Array) : Float64Array.from(pixels, scaled);
  const usual = isOutput ? predicted : largestOf(columnOf(hidden[l - 1] as Float64Array));
  const chosen = wanted !== undefined && wanted < count ? wanted : usual;
  const given = [rowOf(layer.w, chosen), columnOf(before), columnOf([layer.b.data[chosen] ?? 0])];
  const inputs = ["w", "a", "b"].map((name, k) =>
    variable((given[k] as Matrix).shape, { name }),
  ) as [Variable, Variable, Variable];
  const [w, a, b] = inputs;
  const z = weightedInput(w, a, b);
  const f: (z: Node) => Node = isOutput ? sigmoid : activations[activation];
  const result = f(z);
  const parts = equations(result, { xs: inputs, names: new Map([[result, "a′"]]) });
  const from = l > 1 ? `the ${before.length} activations of layer ${l - 1}` : "the pixels";
  const unit = isOutput ? `the output for ${classes[chosen]}` : `unit ${chosen + 1} of layer ${l}`;
  return {
    kind: "unit",
    sweep: sweepOf(inputs, parts),
    inputs: inputs.map((symbol, k) => ({
      symbol,
      key: symbol.name,
      initial: given[k] as Matrix,
      range: [-4, 4],
      detail: false,
    })),
    derivations: chainsOfLayer({ w, a, b, z, result, parts, given }),
    units: {
      title: isOutput ? "Output" : `Unit of layer ${l}`,
      names: isOutput ? classes : Array.from({ length: count }, (_, k) => String(k + 1)),
      chosen,
      about: `a′ is ${unit} of ${network.name}, for ${title}: w holds its weights, and a ${from}.`,
    },
  };
}

function scaled(pixel: number): number {
  return pixel / 255;
}

function rowOf({ shape: [rows, columns], data }: Matrix, r: number): Matrix {
  const row = Float64Array.from({ length: columns }, (_, c) => data[c * rows + r] as number);
  return { shape: [1, columns], data: row };
}

function columnOf(elements: ArrayLike<number>): Matrix {
  return { shape: [elements.length, 1], data: Float64Array.from(elements) };
}
