/** What a network makes of an image, and which pixels its answer hangs on: by the library itself. */
import {
  constant,
  divide,
  evaluate,
  grad,
  type Matrix,
  matrixOf,
  multiply,
  type Node,
  sum,
} from "../../autodiff/index.js";
import { activations, costs, feedForward } from "../../nn/index.js";
import type { EmbeddedNetwork } from "../embedded.js";

export interface Answer {
  /** a^L, one for each class. */
  readonly outputs: ArrayLike<number>;
  /** The class with the largest output. */
  readonly predicted: number;
  /** x̄, the gradient of that output by the pixels, row by row. */
  readonly gradient: ArrayLike<number>;
}

/** @returns a function of pixels from 0 to 255, row by row */
export function answering(network: EmbeddedNetwork): (pixels: Uint8Array) => Answer {
  const { rows, columns, classes } = network;
  const theta = network.layers.map(({ shape: [outputs, inputs], w, b }) => ({
    w: constant(floats(w, outputs, inputs)),
    b: constant(floats(b, outputs, 1)),
  }));
  const z = (x: Node) => feedForward(theta, divide(x, 255), activations[network.activation]);
  const output = (x: Node) => costs[network.cost].output(z(x));
  return (pixels) => {
    const x = constant(matrixOf([rows * columns, 1], Float64Array.from(pixels)));
    const { data: scores } = evaluate(z(x));
    const predicted = scores.indexOf(Math.max(...scores) as never);
    const unit = new Float64Array(classes.length);
    unit[predicted] = 1;
    const winner = constant(matrixOf([classes.length, 1], unit));
    const [a, xBar] = evaluate([output(x), grad((x: Node) => sum(multiply(winner, output(x))))(x)]);
    return { outputs: (a as Matrix).data, predicted, gradient: (xBar as Matrix).data };
  };
}

function floats(text: string, rows: number, columns: number): Matrix {
  const { buffer } = bytes(text);
  return matrixOf([rows, columns], new Float32Array(buffer));
}

/** Of base64. */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
