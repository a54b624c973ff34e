/**
 * The notation in which digit skeletons are written down: where the tip of the pen goes.
 *
 * Coordinates are percent of the height of the digit, x to the right and y down, the top line at 0
 * and the base line at 100. A stroke is a list of points, `"4,8 66,5 / 28,100"`, through which the
 * pen moves smoothly, in the order of writing; a slash is a corner at the point before it.
 */

import type { Points } from "./curve.js";

/** One way of writing a digit. */
export interface Style {
  readonly name: string;
  /** How common the style is, relative to the other styles of its digit. */
  readonly weight: number;
  /** Each from touching down to lifting. */
  readonly strokes: readonly Points[];
}

/** Reads one style from its notation. */
export function style(name: string, weight: number, ...strokes: readonly string[]): Style {
  return { name, weight, strokes: strokes.map(stroke) };
}

function stroke(notation: string): Points {
  const x: number[] = [];
  const y: number[] = [];
  const corner: boolean[] = [];
  for (const token of notation.split(" ")) {
    if (token === "/") {
      corner[corner.length - 1] = true;
      continue;
    }
    const [px, py, ...more] = token.split(",").map(Number);
    if (px === undefined || py === undefined || more.length > 0 || Number.isNaN(px + py)) {
      throw new Error(`Skeleton "${notation}": expected a point such as "50,8", got "${token}".`);
    }
    x.push(px);
    y.push(py);
    corner.push(false);
  }
  return { x, y, corner };
}
