/** Pens: a thin one fades away as a picture is made small, so its strokes are made wider first. */
import type { Ink } from "./picture.js";

/**
 * How wide the strokes are, in pixels: the area of a long band is half its outline times its width. Ink
 * counts as what it covers, so blurred edges change nothing.
 */
export function penOf({ width, height, values }: Ink): number {
  let area = 0;
  let outline = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const value = values[i]!;
      const right = x + 1 < width ? values[i + 1]! : 0;
      const below = y + 1 < height ? values[i + width]! : 0;
      area += value;
      outline += Math.hypot(value - right, value - below);
    }
  }
  return (2 * area) / outline;
}

/** The same strokes, all wider by so many pixels, with a margin that they grow into. */
export function widened({ width, height, values }: Ink, by: number): Ink {
  const radius = by / 2;
  const margin = Math.ceil(radius);
  const [newWidth, newHeight] = [width + 2 * margin, height + 2 * margin];
  const result = new Float32Array(newWidth * newHeight);
  const tip = tipOf(radius, newWidth);
  values.forEach((value, i) => {
    if (value === 0) return;
    const middle = (Math.floor(i / width) + margin) * newWidth + (i % width) + margin;
    for (const { offset, cover } of tip) {
      if (value * cover > result[middle + offset]!) result[middle + offset] = value * cover;
    }
  });
  return { width: newWidth, height: newHeight, values: result };
}

/** What a pixel of ink spreads over: a disc, one pixel wider than its radius twice. */
function tipOf(radius: number, width: number): { offset: number; cover: number }[] {
  const reach = Math.ceil(radius);
  const sides = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
  return sides
    .flatMap((y) =>
      sides.map((x) => ({
        offset: y * width + x,
        cover: Math.min(1, radius + 1 - Math.hypot(x, y)),
      })),
    )
    .filter(({ cover }) => cover > 0);
}
