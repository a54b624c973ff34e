/** Telling two digits from the strokes of one. */
import { gapBetween, heightOf, type Piece, sizeOf, widthOf } from "./pieces.js";

/** Digits that stand together are alike in height: the shorter one has at least this part of the other's. */
const ALIKE = 0.7;

/** The strokes of a broken digit end near each other: digits are farther apart, in parts of their height. */
const APART = 0.12;

/** Digits below each other are farther apart than the rings of a broken 8. */
const FAR_APART = 0.3;

/** Whether two of the strokes, with what is above or below them, stand beside or below each other as digits do. */
export function areSeveral(strokes: readonly Piece[]): boolean {
  return strokes.some((a, i) => strokes.slice(i + 1).some((b) => areDigits(a, b)));
}

function areDigits(a: Piece, b: Piece): boolean {
  const [tall, short] = heightOf(a) > heightOf(b) ? [a, b] : [b, a];
  if (heightOf(short) < ALIKE * heightOf(tall)) return false;
  const { across, down } = gapBetween(a, b);
  const isUpright = (piece: Piece) => 2 * heightOf(piece) >= widthOf(piece);
  return (
    across >= APART * heightOf(tall) ||
    (down >= FAR_APART * sizeOf(tall) && isUpright(a) && isUpright(b))
  );
}
