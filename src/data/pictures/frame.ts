/** Finding the paper within what frames it: a printed frame, or the table that it lies on. */
import { type Colours, cropped, distance, edgeOf, medianOf, sampleOf } from "./colours.js";

/** The part of the edge that a frame takes at least: a digit that fills the picture leaves more of it free. */
const OF_EDGE = 0.75;

/** The part of its sides that a picture keeps, or else there was no frame. */
const KEPT = 0.3;

/** Frames within frames that are cut off. */
const MOST_FRAMES = 4;

/** The colour of most of a picture, and that of its edge if it is as different as ink is. */
export interface Grounds {
  readonly most: readonly number[];
  readonly edge: readonly number[] | undefined;
}

export function groundsOf(colours: Colours): Grounds {
  const sample = sampleOf(colours);
  const most = medianOf(colours, sample);
  const edge = medianOf(colours, edgeOf(colours));
  const farthest = sample.reduce(
    (far, i) => Math.max(far, distance(colours.values, 3 * i, most)),
    0,
  );
  const apart = distance(edge, 0, most);
  return { most, edge: apart > LEAST_APART && apart > 0.4 * farthest ? edge : undefined };
}

/** Colours nearer than this are of one ground. */
const LEAST_APART = 32;

/** A picture without the frames around it. */
export function withoutFrames(picture: Colours): Colours {
  let colours = picture;
  for (let frames = 0; frames < MOST_FRAMES; frames++) {
    const inside = withoutFrame(colours);
    if (inside === undefined) break;
    colours = inside;
  }
  return colours;
}

/** Cuts off rows and columns as long as most of one is more like the edge than like most of the picture. */
function withoutFrame(colours: Colours): Colours | undefined {
  const { width, height, values } = colours;
  const { most, edge } = groundsOf(colours);
  if (edge === undefined) return undefined;
  const isFrame = (i: number) => distance(values, 3 * i, edge) < distance(values, 3 * i, most);
  const pixels = edgeOf(colours);
  if (pixels.filter(isFrame).length < OF_EDGE * pixels.length) return undefined;
  let [left, top, right, bottom] = [0, 0, width, height];
  const isRow = (y: number) => mostly(left, right, (x) => isFrame(y * width + x));
  const isColumn = (x: number) => mostly(top, bottom, (y) => isFrame(y * width + x));
  // Where all of it counts as frame, nothing is left to look at.
  for (let before = -1; left < right && top < bottom; ) {
    if (before === right - left + bottom - top) break;
    before = right - left + bottom - top;
    if (isRow(top)) top++;
    if (isRow(bottom - 1)) bottom--;
    if (isColumn(left)) left++;
    if (isColumn(right - 1)) right--;
  }
  if (right - left < KEPT * width || bottom - top < KEPT * height) return undefined;
  return cropped(colours, { left, top, right, bottom });
}

function mostly(from: number, to: number, is: (i: number) => boolean): boolean {
  let count = 0;
  for (let i = from; i < to; i++) if (is(i)) count++;
  return 2 * count > to - from;
}
