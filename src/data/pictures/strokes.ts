/** Which pieces of ink are the strokes of a digit, and which are specks, frames and what lies at the edge. */
import { gapBetween, heightOf, type Piece, sizeOf, widthOf } from "./pieces.js";

/** No digit has more strokes, with frames round it. Pictures of dots have a hundred thousand pieces. */
const MOST = 64;

/** Smaller than this part of the largest stroke is a speck. */
const SPECK = 0.07;

/** Smaller than this part of it is a stroke only if it is no farther from the others than it is long. */
const SMALL = 0.25;

/** What lies in the picture's middle makes what reaches its edge a frame if it is this part of it. */
const INNER = 0.3;

/** A strip along the edge is narrower than this part of the picture. */
const STRIP = 0.15;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Whether it reaches the edge of the picture. */
export function reachesEdge(piece: Piece, { width, height }: Size): boolean {
  return (
    piece.left === 0 || piece.top === 0 || piece.right === width - 1 || piece.bottom === height - 1
  );
}

/** The strokes among the pieces, the one with the most ink first. */
export function strokesAmong(pieces: readonly Piece[], size: Size): Piece[] {
  const largestFirst = pieces.toSorted((a, b) => sizeOf(b) - sizeOf(a)).slice(0, MOST);
  const inside = withoutBoxes(withoutMargins(largestFirst, size), size);
  const [largest, ...others] = inside.toSorted((a, b) => b.mass - a.mass);
  if (largest === undefined) return [];
  const strokes = [largest];
  for (const piece of others.sort((a, b) => sizeOf(b) - sizeOf(a))) {
    const part = sizeOf(piece) / sizeOf(largest);
    const isNear = () =>
      strokes.some((stroke) => {
        const { across, down } = gapBetween(stroke, piece);
        return Math.max(across, down) <= sizeOf(piece);
      });
    if (part >= SMALL || (part >= SPECK && isNear())) strokes.push(piece);
  }
  return strokes;
}

/** Without what reaches the edge, if what does not may well be a digit: margins, shadows, lines. */
function withoutMargins(pieces: readonly Piece[], size: Size): readonly Piece[] {
  const inner = pieces.filter((piece) => !reachesEdge(piece, size));
  const largest = inner.reduce((most, piece) => Math.max(most, sizeOf(piece)), 0);
  const strip = STRIP * Math.max(size.width, size.height);
  const isMargin = (piece: Piece) => {
    const isStrip = Math.min(widthOf(piece), heightOf(piece)) < strip;
    return largest >= INNER * sizeOf(piece) || (isStrip && largest > strip);
  };
  return pieces.filter((piece) => !(reachesEdge(piece, size) && isMargin(piece)));
}

/** What lies in the innermost box: no digit surrounds another, with nothing of its own near the middle. */
function withoutBoxes(pieces: readonly Piece[], size: Size): readonly Piece[] {
  for (const box of pieces) {
    const inner = pieces.filter((piece) => isInside(piece, box));
    if (inner.some((piece) => sizeOf(piece) >= SMALL * sizeOf(box)) && isHollow(box, size)) {
      return withoutBoxes(inner, size);
    }
  }
  return pieces;
}

function isInside(piece: Piece, box: Piece): boolean {
  return (
    piece.left > box.left &&
    piece.right < box.right &&
    piece.top > box.top &&
    piece.bottom < box.bottom
  );
}

/** Whether the middle of a piece's box, half as wide and half as high, has nothing of the piece. */
function isHollow(box: Piece, { width }: Size): boolean {
  return box.pixels.every((i) => {
    const x = ((i % width) - box.left) / widthOf(box);
    const y = (Math.floor(i / width) - box.top) / heightOf(box);
    return Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5)) > 0.25;
  });
}
