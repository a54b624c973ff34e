/** What a network makes of an image, layer by layer, and what its answer hangs on: by the library itself. */
import {
  constant,
  divide,
  type Elements,
  evaluate,
  grad,
  type Matrix,
  multiply,
  type Node,
  sum,
  variable,
} from "../autodiff/index.js";
import {
  type ActivationName,
  activations,
  type CostName,
  costs,
  feedForward,
  type Parameters,
} from "../nn/index.js";
import { predictions } from "../training/evaluation/metrics.js";

export interface AnsweringNetwork {
  readonly theta: Parameters<Matrix>;
  readonly activation: ActivationName;
  readonly cost: CostName;
}

export interface Answer {
  /** a^L, one for each class. */
  readonly outputs: Elements;
  /** z^L, of which the outputs are made. */
  readonly weightedInputs: Elements;
  /** The class with the largest output. */
  readonly predicted: number;
  /** a¹, a², … of the hidden layers. */
  readonly hidden: readonly Elements[];
  /** The class whose output is looked into: the predicted one, unless another was asked for. */
  readonly chosen: number;
  /** x̄, the gradient of that output by the pixels, row by row. */
  readonly gradient: Elements;
  /**
   * What each unit of the first hidden layer adds to the weighted input of that output, by the tangent: a¹ ⊙ ā¹
   * for z_k. With one hidden layer these are the terms w²_kj a¹_j of the sum itself. Empty without one.
   */
  readonly contributions: Elements;
}

/**
 * @returns a function of pixels from 0 to 255, row by row, and of the class to look into
 */
export function answering({ theta, activation, cost }: AnsweringNetwork) {
  const layers = theta.map(({ w, b }) => ({ w: constant(w), b: constant(b) }));
  const [inputs, classes] = [theta[0]!.w.shape[1], theta.at(-1)!.w.shape[0]];
  const x = variable([inputs, 1], { name: "x" });
  const unit = variable([classes, 1], { name: "unit" });
  const hidden: Node[] = [];
  const z = feedForward(layers, divide(x, 255), (z) => {
    const a = activations[activation](z);
    hidden.push(a);
    return a;
  });
  const chosenOf = (y: Node) => sum(multiply(unit, y));
  const xBar = grad((x: Node) => {
    return chosenOf(
      costs[cost].output(feedForward(layers, divide(x, 255), activations[activation])),
    );
  })(x);
  const [a1] = hidden;
  const contributions = a1 && [
    multiply(
      a1,
      grad((a: Node) => {
        // The layers behind the first, whose activation is given.
        const [next, ...others] = layers.slice(1);
        return chosenOf(feedForward([next!, ...others], a, activations[activation]));
      })(a1),
    ),
  ];
  const forward = { z, outputs: costs[cost].output(z), hidden };
  const backward = { xBar, contributions: contributions ?? [] };

  return (pixels: ArrayLike<number>, k?: number): Answer => {
    const given = { shape: x.shape, data: Float64Array.from(pixels) };
    const seen = evaluate(forward, new Map([[x, given]]));
    const predicted = predictions(seen.z.data, classes)[0]!;
    const chosen = k ?? predicted;
    const one = new Float64Array(classes);
    one[chosen] = 1;
    const bars = evaluate(
      backward,
      new Map([
        [x, given],
        [unit, { shape: unit.shape, data: one }],
      ]),
    );
    return {
      outputs: seen.outputs.data,
      weightedInputs: seen.z.data,
      predicted,
      hidden: seen.hidden.map(({ data }) => data),
      chosen,
      gradient: bars.xBar.data,
      contributions: bars.contributions[0]?.data ?? new Float64Array(),
    };
  };
}
