/**
 * What it is to deform an image, in float64 and without haste. The kernels compute the same in
 * float32.
 */

import { expectObject } from "../../given.js";
import { mix } from "../../random.js";
import { checkImages, type Images } from "../dataset.js";
import { blur } from "./blur.js";
import {
  type Deformation,
  type ElasticWarp,
  type ImageInEpoch,
  normOf,
  warpOf,
} from "./deformation.js";

/** The image with this index, deformed: rows · columns bytes. */
export function deformed(
  images: Images,
  deformation: Deformation,
  which: Omit<ImageInEpoch, "label">,
): Uint8Array {
  checkImages(images, "deformed: the images");
  expectObject("deformed: the deformation", deformation, "an object, such as { rotation: 10 }");
  expectObject("deformed: which", which, "an object, { seed, epoch, index }");
  const { rows, columns, labels } = images;
  const { index } = which;
  const { matrix, key, elastic } = warpOf(deformation, { ...which, label: labels[index]! });
  const [xx, xy, yx, yy] = matrix;
  const [dx, dy] = displacements(elastic, key, rows, columns);
  const image = images.pixels.subarray(index * rows * columns, (index + 1) * rows * columns);
  const at = (x: number, y: number) =>
    x >= 0 && x < columns && y >= 0 && y < rows ? image[y * columns + x]! : 0;
  return Uint8Array.from(image, (_, pixel) => {
    const [u, v] = [
      (pixel % columns) - (columns - 1) / 2,
      Math.floor(pixel / columns) - (rows - 1) / 2,
    ];
    const x = (columns - 1) / 2 + xx * u + xy * v + dx[pixel]!;
    const y = (rows - 1) / 2 + yx * u + yy * v + dy[pixel]!;
    return Math.floor(bilinear(at, x, y) + 0.5);
  });
}

/** How far each pixel is displaced to the right, and down. */
export function displacements(
  elastic: ElasticWarp | undefined,
  key: readonly [number, number],
  rows: number,
  columns: number,
): readonly [Float64Array, Float64Array] {
  const size = rows * columns;
  if (elastic === undefined) return [new Float64Array(size), new Float64Array(size)];
  const [down, along] = [blur(elastic.sigma, rows), blur(elastic.sigma, columns)];
  const field = (axis: 0 | 1) => {
    const displacement = new Float64Array(size);
    for (let i = 0; i < down.points; i++) {
      for (let k = 0; k < along.points; k++) {
        const n = elastic.alpha * noiseAt(key, i, k)[axis];
        for (let pixel = 0; pixel < size; pixel++) {
          const [r, c] = [Math.floor(pixel / columns), pixel % columns];
          const weight = down.weights[r * down.points + i]! * along.weights[c * along.points + k]!;
          displacement[pixel]! += weight * n;
        }
      }
    }
    return displacement;
  };
  const both = [field(0), field(1)] as const;
  if (elastic.field === undefined) return both;
  const square = both.flatMap((along) => [...along]).reduce((sum, each) => sum + each * each, 0);
  const factor = square === 0 ? 0 : normOf(elastic.alpha, elastic.field, size) / Math.sqrt(square);
  return [both[0].map((each) => factor * each), both[1].map((each) => factor * each)];
}

/** Two numbers of (−1, 1), from the lower and the upper half of a word that key and position make. */
function noiseAt([k0, k1]: readonly [number, number], r: number, c: number): [number, number] {
  const word = mix(mix(k0 ^ ((r << 16) | c)) ^ k1);
  const unit = (half: number) => (half + 0.5) / 0x8000;
  return [unit((word << 16) >> 16), unit(word >> 16)];
}

/** Between the four pixels around (x, y). */
function bilinear(at: (x: number, y: number) => number, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - left, y - top];
  const upper = (1 - fx) * at(left, top) + fx * at(left + 1, top);
  const lower = (1 - fx) * at(left, top + 1) + fx * at(left + 1, top + 1);
  return (1 - fy) * upper + fy * lower;
}
