/** The way of an arrow between boxes: straight down past a rank of boxes, and curved only between ranks. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The path, as SVG has it, from the bottom of one box to the top of another.
 *
 * @param ends the middles of the two boxes
 * @param passes points between boxes, in the middles of the ranks that the arrow passes
 * @param height of the boxes in all ranks
 */
export function route(
  [from, to]: readonly [Point, Point],
  passes: readonly Point[],
  height: number,
): string {
  const half = height / 2;
  const start = `M${at({ x: from.x, y: from.y + half })}`;
  let last = { x: from.x, y: from.y + half };
  const parts = passes.map((pass) => {
    const [above, below] = [pass.y - half, pass.y + half].map((y) => ({ x: pass.x, y }));
    const part = `${bend(last, above as Point)} L${at(below as Point)}`;
    last = below as Point;
    return part;
  });
  return [start, ...parts, bend(last, { x: to.x, y: to.y - half })].join(" ");
}

/** A curve that leaves and arrives vertically. */
function bend(from: Point, to: Point): string {
  const middle = (from.y + to.y) / 2;
  return `C${at({ x: from.x, y: middle })} ${at({ x: to.x, y: middle })} ${at(to)}`;
}

function at({ x, y }: Point): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}
