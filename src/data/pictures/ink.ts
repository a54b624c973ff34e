/** Telling ink from paper, whichever of them is light. */
import { DataError } from "../errors.js";
import type { Picture } from "./picture.js";

/** How much ink there is in each pixel, from 0 to 1, row by row. */
export interface Ink {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Fainter ink than this, in parts of 255, is no ink. */
const FAINTEST = 32;

/** The part of the outermost pixels that hold nothing but paper. */
const PAPER = 0.9;

/** How far the paper of a large picture strays, in strayings of that part of its edge. */
const FARTHEST = 4;

/** Whatever the edge is like, more than half of full ink is ink. */
const MOST_STRAYING = 0.5;

/**
 * The ink of a picture. Paper is as light as the median of the outermost pixels; full ink is the
 * pixel that differs most from it, be it darker or lighter. What differs no more than paper itself does
 * (in a photograph, not in a drawing) is none. Transparent pixels show white paper, or black paper if all
 * that is opaque is white.
 *
 * @param source what error messages call the picture
 * @throws {DataError} if it is blank
 */
export function inkOf(picture: Picture, source: string): Ink {
  const { width, height } = picture;
  for (const paper of [255, 0]) {
    const luminance = onto(paper, picture);
    if (toInk(luminance, edgeOf(luminance, width, height))) {
      return { width, height, values: luminance };
    }
    if (!picture.opacity.some((opacity) => opacity < 255)) break;
  }
  throw new DataError(`${source} is blank: no part of it is much darker or lighter than its edge.`);
}

/** The luminance of a picture that is laid onto paper. */
function onto(paper: number, { luminance, opacity }: Picture): Float32Array {
  const result = new Float32Array(luminance.length);
  for (let i = 0; i < result.length; i++) {
    result[i] = paper + ((luminance[i]! - paper) * opacity[i]!) / 255;
  }
  return result;
}

/** Turns luminance into ink, in place; false if there is none. */
function toInk(luminance: Float32Array, edge: Float32Array): boolean {
  const paper = quantile(edge, 0.5);
  let [darkest, lightest] = [paper, paper];
  for (const light of luminance) {
    if (light < darkest) darkest = light;
    if (light > lightest) lightest = light;
  }
  const full = paper - darkest >= lightest - paper ? darkest - paper : lightest - paper;
  if (Math.abs(full) < FAINTEST) return false;
  const straying =
    quantile(
      edge.map((light) => Math.abs(light - paper)),
      PAPER,
    ) / Math.abs(full);
  const least = Math.min(MOST_STRAYING, FARTHEST * straying);
  for (let i = 0; i < luminance.length; i++) {
    const ink = (luminance[i]! - paper) / full;
    luminance[i] = ink > least ? ink : 0;
  }
  return true;
}

/** The outermost pixels; those in the corners twice. */
function edgeOf(luminance: Float32Array, width: number, height: number): Float32Array {
  const edge = new Float32Array(2 * (width + height));
  edge.set(luminance.subarray(0, width));
  edge.set(luminance.subarray(-width), width);
  for (let y = 0; y < height; y++) {
    edge[2 * (width + y)] = luminance[y * width] as number;
    edge[2 * (width + y) + 1] = luminance[(y + 1) * width - 1] as number;
  }
  return edge;
}

function quantile(values: Float32Array, part: number): number {
  return values.toSorted()[Math.floor(part * (values.length - 1))] as number;
}
