/** Anti-aliased drawing of pen traces. */
import { BOX } from "../pictures/normalise.js";
import type { Trace } from "./variation.js";

/**
 * Scales the traces, preserving the aspect ratio, so that the longer side of the digit fills the
 * box, and moves its top left corner to (0, 0); in place.
 */
export function fitToBox(traces: readonly Trace[]): void {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const { x, y, radius } of traces) {
    for (let i = 0; i < x.length; i++) {
      left = Math.min(left, x[i]! - radius[i]!);
      right = Math.max(right, x[i]! + radius[i]!);
      top = Math.min(top, y[i]! - radius[i]!);
      bottom = Math.max(bottom, y[i]! + radius[i]!);
    }
  }
  const scale = BOX / Math.max(right - left, bottom - top);
  for (const { x, y, radius } of traces) {
    for (let i = 0; i < x.length; i++) {
      x[i] = scale * (x[i]! - left);
      y[i] = scale * (y[i]! - top);
      radius[i] = scale * radius[i]!;
    }
  }
}

/**
 * Draws traces given in pixels into an image of BOX × BOX, row by row, as ink from 0 to 1. A pixel
 * whose centre is at distance d from the middle of a line of radius r is covered by r − d + ½,
 * which is exact for a straight edge along the pixel grid and near it otherwise.
 *
 * @param squareness shape of the pen's tip: 0 a disc, 1 a square
 */
export function rasterise(traces: readonly Trace[], squareness: number, ink: Float64Array): void {
  ink.fill(0);
  for (const trace of traces) {
    for (let i = 0; i + 1 < trace.x.length; i++) {
      drawPiece(trace, i, squareness, ink);
    }
  }
}

/** Draws the line from point i to the next; where it meets older ink, the darker stays. */
function drawPiece(trace: Trace, i: number, squareness: number, ink: Float64Array): void {
  const x1 = trace.x[i]!;
  const y1 = trace.y[i]!;
  const r1 = trace.radius[i]!;
  const x2 = trace.x[i + 1]!;
  const y2 = trace.y[i + 1]!;
  const r2 = trace.radius[i + 1]!;
  const reach = Math.max(r1, r2) + 0.5;
  const firstColumn = Math.max(0, Math.ceil(Math.min(x1, x2) - reach - 0.5));
  const lastColumn = Math.min(BOX - 1, Math.floor(Math.max(x1, x2) + reach - 0.5));
  const firstRow = Math.max(0, Math.ceil(Math.min(y1, y2) - reach - 0.5));
  const lastRow = Math.min(BOX - 1, Math.floor(Math.max(y1, y2) + reach - 0.5));
  const dx = x2 - x1;
  const dy = y2 - y1;
  const squaredLength = Math.max(dx * dx + dy * dy, 1e-12);
  for (let row = firstRow; row <= lastRow; row++) {
    const py = row + 0.5 - y1;
    for (let column = firstColumn; column <= lastColumn; column++) {
      const px = column + 0.5 - x1;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) / squaredLength));
      const ex = px - along * dx;
      const ey = py - along * dy;
      const round = Math.sqrt(ex * ex + ey * ey);
      const square = Math.max(Math.abs(ex), Math.abs(ey));
      const distance = round + squareness * (square - round);
      const cover = r1 + along * (r2 - r1) + 0.5 - distance;
      const at = row * BOX + column;
      if (cover > ink[at]!) ink[at] = Math.min(1, cover);
    }
  }
}
