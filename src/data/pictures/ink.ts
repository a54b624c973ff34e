/** Telling ink from paper by its colour, and the ink of a digit from all else. */
import { DataError } from "../errors.js";
import { type Colours, distance, laidOnto, quantile } from "./colours.js";
import { withoutFrames } from "./frame.js";
import { paperOf } from "./paper.js";
import type { Picture } from "./picture.js";
import { type Piece, piecesOf } from "./pieces.js";
import { areSeveral } from "./several.js";
import { reachesEdge, strokesAmong } from "./strokes.js";

/** How much ink there is in each pixel, from 0 to 1, row by row. */
export interface Ink {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

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

/** Pixels over which the edge of a stroke is blurred. */
const BLUR = 2;

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
  const noise =
    NOISE *
    quantile(
      ink.values.filter((value) => value < CORE),
      0.75,
    );
  const strokes = strokesIn(ink, noise);
  if (strokes.length === 0) return undefined;
  return { ...only(ink, strokes, noise), isSeveral: areSeveral(strokes) };
}

/**
 * How far each pixel differs from paper, out of 442, as in the brightest light. What differs to the other
 * side than most does not differ: it is a reflection, or the trace of a JPEG file.
 */
function differencesFrom(paper: Float32Array, { values }: Colours): Float32Array {
  const count = values.length / 3;
  const black = [0, 0, 0];
  let brightest = 0;
  for (let i = 0; i < count; i++) brightest = Math.max(brightest, distance(paper, 3 * i, black));
  const result = new Float32Array(count);
  const direction = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const light = distance(paper, 3 * i, black) / brightest;
    result[i] = distance(values, 3 * i, paper, 3 * i) / Math.max(LEAST_LIGHT, light || 1);
    for (let c = 0; c < 3; c++) {
      direction[c]! += result[i]! ** 3 * (values[3 * i + c]! - paper[3 * i + c]!);
    }
  }
  for (let i = 0; i < count; i++) {
    let along = 0;
    for (let c = 0; c < 3; c++) along += direction[c]! * (values[3 * i + c]! - paper[3 * i + c]!);
    if (along <= 0) result[i] = 0;
  }
  return result;
}

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

/** The ink of the strokes and of their blurred edges alone, where most of it is full. */
function only({ width, height, values }: Ink, strokes: readonly Piece[], noise: number): Ink {
  const kept = new Float32Array(values.length);
  let edge = strokes.flatMap(({ pixels }) => pixels);
  const full = quantile(
    Float32Array.from(edge, (i) => values[i]!),
    0.98,
  );
  const keep = (i: number) => {
    kept[i] = Math.min(1, values[i]! / full);
  };
  edge.forEach(keep);
  for (let step = 0; step < BLUR; step++) {
    const next: number[] = [];
    for (const i of edge) {
      const [x, y] = [i % width, Math.floor(i / width)];
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          const j = row * width + column;
          if (kept[j] !== 0 || values[j]! <= Math.max(noise, 1 / 512)) continue;
          keep(j);
          next.push(j);
        }
      }
    }
    edge = next;
  }
  return { width, height, values: kept };
}
