/** Telling ink from paper by its colour, and the ink of a digit from all else. */
import { DataError } from "../errors.js";
import { type Colours, distance, laidOnto, quantile, sampleOf } from "./colours.js";
import { strokesAlone } from "./edges.js";
import { withoutFrames } from "./frame.js";
import { paperOf } from "./paper.js";
import type { Ink, Picture } from "./picture.js";
import { type Piece, piecesOf } from "./pieces.js";
import { areSeveral } from "./several.js";
import { reachesEdge, strokesAmong } from "./strokes.js";

/** The ink of what is taken for one digit. */
export interface Writing extends Ink {
  /** Whether it looks like several digits. */
  readonly isSeveral: boolean;
}

/** Colours that differ less from paper, out of 442, are no ink. */
const FAINTEST = 40;

/** The part of a picture's pixels that may differ more from paper than full ink. */
const BRIGHTEST = 1e-4;

/** A stroke has at least so much ink somewhere. */
const CORE = 0.5;

/**
 * A stroke has at least so much ink everywhere: the first of these with which no stroke reaches the edge
 * of the picture, as ruled lines do that are fainter than the ink.
 */
const LEAST = [0.25, 0.35, 0.45, 0.55, 0.65, 0.75];

/** No ink is as much as this many times the ink that three quarters of all paper have less of. */
const NOISE = 3;

/**
 * The ink of the digit in a picture, whichever of ink and paper is lighter. Transparent pixels show white
 * paper, or black paper if all that is opaque is white.
 *
 * @param source what error messages call the picture
 * @throws {DataError} if it is blank
 */
export function inkOf(picture: Picture, source: string): Writing {
  for (const paper of isOpaque(picture) ? [255] : [255, 0]) {
    const writing = writingIn(withoutFrames(laidOnto(paper, picture)));
    if (writing) return writing;
  }
  throw new DataError(`${source} is blank: no part of it differs much from its paper.`);
}

function isOpaque({ data }: Picture): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i]! < 255) return false;
  return true;
}

function writingIn(colours: Colours): Writing | undefined {
  const differences = differencesFrom(paperOf(colours), colours);
  const full = quantile(differences, 1 - BRIGHTEST);
  if (full < FAINTEST) return undefined;
  const ink: Ink = { ...colours, values: differences.map((difference) => difference / full) };
  const paper = sampleOf(colours)
    .map((i) => ink.values[i]!)
    .filter((value) => value < CORE);
  const noise = NOISE * quantile(Float32Array.from(paper), 0.75);
  const strokes = strokesIn(ink, noise);
  if (strokes.length === 0) return undefined;
  return { ...strokesAlone(ink, strokes, noise), isSeveral: areSeveral(strokes) };
}

/**
 * How far each pixel differs from paper, out of 442, as in the brightest light. What differs to the other
 * side than most does not differ: it is a reflection, or the trace of a JPEG file.
 */
function differencesFrom(paper: Float32Array, { values }: Colours): Float32Array {
  const result = new Float32Array(values.length / 3);
  let brightest = 0;
  for (let at = 0; at < values.length; at += 3) {
    brightest = Math.max(brightest, distance(paper, at, BLACK));
  }
  let [red, green, blue] = [0, 0, 0];
  for (let at = 0; at < values.length; at += 3) {
    const light = (distance(paper, at, BLACK) + DARK) / (brightest + DARK);
    const difference = distance(values, at, paper, at) / Math.max(LEAST_LIGHT, light);
    result[at / 3] = difference;
    const weight = difference * difference * difference;
    red += weight * (values[at]! - paper[at]!);
    green += weight * (values[at + 1]! - paper[at + 1]!);
    blue += weight * (values[at + 2]! - paper[at + 2]!);
  }
  for (let at = 0; at < values.length; at += 3) {
    const along =
      red * (values[at]! - paper[at]!) +
      green * (values[at + 1]! - paper[at + 1]!) +
      blue * (values[at + 2]! - paper[at + 2]!);
    if (along <= 0) result[at / 3] = 0;
  }
  return result;
}

const BLACK = [0, 0, 0];

/** Paper as dark as this says little about the light. */
const DARK = 30;

/** In less light than this part of the brightest, differences are not made up for. */
const LEAST_LIGHT = 0.25;

function strokesIn(ink: Ink, noise: number): Piece[] {
  let first: Piece[] | undefined;
  for (const level of LEAST) {
    const least = Math.max(level, noise);
    const strokes = strokesAmong(piecesOf(ink, least, Math.max(CORE, least)), ink);
    if (strokes.length > 0 && !strokes.some((stroke) => reachesEdge(stroke, ink))) return strokes;
    first ??= strokes;
  }
  return first ?? [];
}
