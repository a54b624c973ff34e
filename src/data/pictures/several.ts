/** Telling two digits from the strokes of one. */
import { type Box, gapBetween, heightOf, type Piece, sizeOf, widthOf } from "./pieces.js";

/** What is to be said of a picture that shows several, after its name. */
export const SEVERAL =
  "seems to show several digits, which were read as one: cut it into pictures of one digit each";

/** Digits that stand together are alike in height: the shorter one has at least this part of the other's. */
const ALIKE = 0.7;

/** The strokes of a broken digit end near each other: digits are farther apart, in parts of their height. */
const APART = 0.12;

/** Digits below each other are farther apart than the rings of a broken 8. */
const FAR_APART = 0.3;

/** Whether some of the strokes stand beside or below each other as digits do. */
export function areSeveral(strokes: readonly Piece[]): boolean {
  return someTwo(columnsOf(strokes), areBeside) || someTwo(strokes, areBelow);
}

function someTwo<T>(all: readonly T[], are: (a: T, b: T) => boolean): boolean {
  return all.some((a, i) => all.slice(i + 1).some((b) => are(a, b)));
}

/** The boxes of strokes that share columns, as those of a 5 do whose bar is apart. */
function columnsOf(strokes: readonly Box[]): Box[] {
  const columns: Box[] = [];
  for (const stroke of strokes.toSorted((a, b) => a.left - b.left)) {
    const last = columns.at(-1);
    if (last === undefined || stroke.left > last.right) columns.push(stroke);
    else {
      columns[columns.length - 1] = {
        left: last.left,
        right: Math.max(last.right, stroke.right),
        top: Math.min(last.top, stroke.top),
        bottom: Math.max(last.bottom, stroke.bottom),
      };
    }
  }
  return columns;
}

function areBeside(a: Box, b: Box): boolean {
  return areAlike(a, b) && gapBetween(a, b).across >= APART * Math.max(heightOf(a), heightOf(b));
}

function areBelow(a: Box, b: Box): boolean {
  const isUpright = (box: Box) => 2 * heightOf(box) >= widthOf(box);
  const isFar = gapBetween(a, b).down >= FAR_APART * Math.max(sizeOf(a), sizeOf(b));
  return areAlike(a, b) && isFar && isUpright(a) && isUpright(b);
}

function areAlike(a: Box, b: Box): boolean {
  const [short, tall] = [heightOf(a), heightOf(b)].toSorted((x, y) => x - y) as [number, number];
  return short >= ALIKE * tall;
}
