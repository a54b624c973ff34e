/** Dropout: Srivastava et al., "Dropout", JMLR 15 (2014). */
import { expectShapes } from "../autodiff/checking/expect.js";
import { greater, multiply, type Node } from "../autodiff/index.js";
import { expectNodes } from "../autodiff/node.js";
import { BYTES, bytesDropped } from "./dropout-rate.js";

/**
 * a with each element made 0 where its byte of `noise` (a's shape, uniform from 0 to 255) says so,
 * which is with the probability p (from 0 to below 1), rounded to a 256th, at most 255/256. What is kept is divided by the
 * probability of keeping it, so that the mean is a, and the network without dropout needs no change.
 * Throws a `ShapeError` if noise has another shape.
 */
export function dropout(a: Node, noise: Node, p: number): Node {
  expectNodes("dropout", a, noise);
  expectShapes("dropout: noise", [noise], "a", [a]);
  const dropped = Math.min(bytesDropped(p), BYTES - 1);
  const kept = greater(noise, dropped - 0.5);
  return multiply(a, multiply(BYTES / (BYTES - dropped), kept));
}
