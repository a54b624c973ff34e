/** A network as a report embeds it, ready to answer. */
import { type Matrix, matrixOf } from "../../autodiff/index.js";
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
  const { buffer } = bytes(text);
  return matrixOf([rows, columns], new Float32Array(buffer));
}

/** Of base64. */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
