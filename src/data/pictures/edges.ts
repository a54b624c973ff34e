/** The blurred edges of strokes: faint ink that is theirs, and not what lies beside them. */
import { quantile } from "./colours.js";
import { BOX } from "./normalise.js";
import type { Ink } from "./picture.js";
import { type Piece, sizeOf } from "./pieces.js";

/** Ink that differs less is the same: half of what makes a difference in a byte. */
const VISIBLE = 1 / 512;

/** Pixels over which the edge of a stroke is blurred at least; if it is large, as many as become one. */
const BLUR = 2;

/** Ink that so much of what lies around the strokes has less of, such as that of ruled lines, is not theirs. */
const AROUND = 0.99;

/** Around the strokes, more ink than this is no faint ink. */
const FULL = 0.5;

/**
 * The ink of the strokes and of their blurred edges alone, where most of it is full.
 *
 * @param noise paper may look like so much ink
 */
export function strokesAlone(ink: Ink, strokes: readonly Piece[], noise: number): Ink {
  const { width, height, values } = ink;
  const kept = new Float32Array(values.length);
  let edge = strokes.flatMap(({ pixels }) => pixels);
  const inks = Float32Array.from(edge, (i) => values[i]!);
  const full = quantile(inks, 0.98);
  const keep = (i: number) => {
    kept[i] = Math.min(1, values[i]! / full);
  };
  edge.forEach(keep);
  const steps = Math.max(BLUR, Math.max(...strokes.map(sizeOf)) / BOX);
  const least = Math.max(VISIBLE, noise, faintAround(ink, strokes, steps));
  for (let step = 0; step < steps && edge.length > 0; step++) {
    const next: number[] = [];
    for (const i of edge) {
      const [x, y] = [i % width, Math.floor(i / width)];
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          const j = row * width + column;
          // Outwards a blurred edge only fades: what rises again is the paper's, or a JPEG file's.
          if (kept[j] !== 0 || values[j]! <= least || values[j]! > values[i]! + VISIBLE) continue;
          keep(j);
          next.push(j);
        }
      }
    }
    edge = next;
  }
  return { width, height, values: kept };
}

/** How much faint ink there is at a distance from the box of the strokes. */
function faintAround({ width, height, values }: Ink, strokes: readonly Piece[], away: number) {
  const left = Math.min(...strokes.map((stroke) => stroke.left)) - away;
  const right = Math.max(...strokes.map((stroke) => stroke.right)) + away;
  const top = Math.min(...strokes.map((stroke) => stroke.top)) - away;
  const bottom = Math.max(...strokes.map((stroke) => stroke.bottom)) + away;
  const counts = new Uint32Array(256);
  let count = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = values[y * width + x]!;
      if (value >= FULL || (x >= left && x <= right && y >= top && y <= bottom)) continue;
      counts[Math.ceil(255 * value)]!++;
      count++;
    }
  }
  let below = 0;
  const level = counts.findIndex((each) => {
    below += each;
    return below >= AROUND * count;
  });
  return level / 255;
}
