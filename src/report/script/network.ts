/** A network as a report embeds it, ready to answer. */

import { type Matrix, matrixOf } from "../../autodiff/index.js";
import { fromBase64 } from "../../bytes.js";
import { answering } from "../answering.js";
import type { EmbeddedNetwork } from "../embedded.js";

export type { Answer } from "../answering.js";

/** @returns a function of pixels from 0 to 255, row by row */
export function answeringEmbedded(network: EmbeddedNetwork): ReturnType<typeof answering> {
  const theta = network.layers.map(({ shape: [outputs, inputs], w, b }) => ({
    w: floats(w, outputs, inputs),
    b: floats(b, outputs, 1),
  }));
  return answering({ ...network, theta });
}

function floats(text: string, rows: number, columns: number): Matrix {
  const { buffer } = fromBase64(text);
  return matrixOf([rows, columns], new Float32Array(buffer));
}
