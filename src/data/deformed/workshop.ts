/** The kernels that deform images, and the memory in which they do so. */
import { openMemory } from "../../platform/memory.js";
import type { Images } from "../dataset.js";
import { allocated } from "./allocated.js";
import { blur, mostPoints } from "./blur.js";
import {
  type Deformation,
  type Elastic,
  type ElasticWarp,
  isRange,
  normOf,
  type Strength,
  warpOf,
} from "./deformation.js";

/** What is deformed and how; as it may be given to another thread. */
export interface Workshop {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly deformation: Deformation;
  readonly seed: number;
  readonly labels: Uint8Array;
  readonly rows: number;
  readonly columns: number;
  /** How many images, from the first on, are deformed. */
  readonly count: number;
  readonly layout: Layout;
}

/** Where things are in memory, in bytes. Matrices lie row by row, rows padded to whole vectors. */
interface Layout {
  /** How many images of the epoch have been taken by threads: an i32. */
  readonly taken: number;
  /** One for each thread. */
  readonly benches: readonly Bench[];
  /** The images to be deformed, as they are. */
  readonly originals: number;
  /** All images: the first `count` as deformed, the others as they are. */
  readonly results: number;
  readonly end: number;
}

/** What a thread computes for one image. */
interface Bench {
  /** G for the rows of pixels, and (αG)ᵀ for their columns (blur.ts). */
  readonly down: number;
  readonly along: number;
  /** N for both axes, and G N for one of them. */
  readonly noise: readonly [number, number];
  readonly product: number;
  /** G N (αG)ᵀ for both axes: how far each pixel moves to the right, and down. */
  readonly displacements: readonly [number, number];
  /** An image with a margin of zeros; the squares of four pixels in it; and where each pixel is taken from. */
  readonly frame: number;
  readonly squares: number;
  readonly positions: number;
}

/** kernels/ describes them. */
type Kernels = Readonly<
  Record<"noise" | "multiply" | "normalise" | "resample", (...args: number[]) => void>
>;

const PAGE_BYTES = 65_536;
const FLOAT_BYTES = 4;

/** The first byte behind the constants of the kernels (kernels/constants.ts), and some more. */
export const START = 128;

/** Everything in memory starts at a multiple of a cache line. */
const ALIGNMENT = 64;

/** The zeros around an image in its frame, along each axis (kernels/resample.ts). */
const AROUND = 3;

/** So many images a thread takes at a time: about half a millisecond of work. */
const TAKEN_AT_ONCE = 64;

/**
 * A memory with these images, of which the first `count` are to be deformed by up to so many threads.
 * Throws a `DataError` if there is no room for it.
 */
export function openWorkshop(
  module: WebAssembly.Module,
  images: Images,
  count: number,
  deformation: Deformation,
  seed: number,
  threads = 1,
): Workshop {
  const { rows, columns, labels, pixels } = images;
  const { elastic } = deformation;
  const [least, most] = elastic === undefined ? [0, 0] : boundsOf(elastic.sigma);
  // Without noise displacements stay 0.
  const points = [rows, columns].map((length) =>
    elastic === undefined ? 0 : mostPoints(least, most, length),
  ) as [number, number];
  const layout = layOut(images, count, points, threads);
  const pages = Math.ceil(layout.end / PAGE_BYTES);
  const memory = allocated(() => openMemory(pages));

  const bytes = new Uint8Array(memory.buffer);
  const end = rows * columns * count;
  bytes.set(pixels.subarray(0, end), layout.originals);
  bytes.set(pixels.subarray(end), layout.results + end);
  return { module, memory, deformation, seed, labels, rows, columns, count, layout };
}

function boundsOf(strength: Strength): [least: number, most: number] {
  return isRange(strength) ? [strength.from, strength.to] : [strength, strength];
}

/** @param points the most that the lattice of the noise has along each axis */
function layOut(
  { rows, columns, pixels }: Images,
  count: number,
  points: readonly [rows: number, columns: number],
  threads: number,
): Layout {
  let end = START;
  const reserve = (bytes: number): number => {
    const address = end;
    end += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return address;
  };
  const matrix = (height: number, width: number) => reserve(FLOAT_BYTES * height * strideOf(width));
  const bench = (): Bench => ({
    down: matrix(rows, points[0]),
    along: matrix(points[1], columns),
    noise: [matrix(...points), matrix(...points)],
    product: matrix(rows, points[1]),
    displacements: [matrix(rows, columns), matrix(rows, columns)],
    frame: reserve((rows + AROUND) * (columns + AROUND)),
    squares: reserve(Int32Array.BYTES_PER_ELEMENT * (rows + 2) * squareStrideOf(columns)),
    positions: matrix(3 * rows, columns),
  });
  return {
    taken: reserve(Int32Array.BYTES_PER_ELEMENT),
    benches: Array.from({ length: threads }, bench),
    originals: reserve(rows * columns * count),
    results: reserve(pixels.length),
    end,
  };
}

/** How many images of an epoch have been taken; shared by the threads. */
function takenOf({ memory, layout }: Workshop): Int32Array {
  return new Int32Array(memory.buffer, layout.taken, 1);
}

/** Makes all images of a workshop wait to be deformed again. */
export function layReady(workshop: Workshop): void {
  Atomics.store(takenOf(workshop), 0, 0);
}

/** Whether there are images that no thread has taken. */
export function hasWork(workshop: Workshop): boolean {
  return Atomics.load(takenOf(workshop), 0) < workshop.count;
}

/**
 * The kernels at work: a function that deforms some images for an epoch, such as no thread has taken, and
 * says whether there may be more.
 *
 * @param thread which one this is, from 0 on
 */
export function instantiate(workshop: Workshop, thread = 0): (epoch: number) => boolean {
  const { module, memory, layout, deformation, seed, labels, rows, columns, count } = workshop;
  const { exports } = allocated(() => new WebAssembly.Instance(module, { env: { memory } }));
  const kernels = exports as Kernels;
  const { benches, originals, results } = layout;
  const bench = benches[thread] as Bench;
  const { down, along, noise, product, displacements, frame, squares, positions } = bench;
  const size = rows * columns;
  let last: Elastic | undefined;
  let [height, width] = [0, 0];
  const displace = ({ sigma, alpha, field }: ElasticWarp, key: readonly [number, number]) => {
    // What is normalised gets its α then.
    const blurred = { sigma, alpha: field === undefined ? alpha : 1 };
    if (blurred.sigma !== last?.sigma || blurred.alpha !== last.alpha) {
      [height, width] = layBlur(workshop, bench, blurred);
      last = blurred;
    }
    kernels.noise(...noise, height, strideOf(width), ...key);
    for (const axis of [0, 1] as const) {
      const [half, stride] = [strideOf(width), strideOf(columns)];
      kernels.multiply(product, down, noise[axis], rows, height, strideOf(height), half);
      kernels.multiply(displacements[axis], product, along, rows, width, half, stride);
    }
    if (field === undefined) return;
    kernels.normalise(...displacements, rows * strideOf(columns), normOf(alpha, field, size));
  };
  const deform = (epoch: number, index: number) => {
    const { matrix, key, elastic } = warpOf(deformation, {
      seed,
      epoch,
      index,
      label: labels[index]!,
    });
    if (elastic !== undefined) displace(elastic, key);
    const [target, image] = [results + index * size, originals + index * size];
    const scratch = [frame, squares, squareStrideOf(columns), positions] as const;
    const moved = [...displacements, strideOf(columns)] as const;
    kernels.resample(target, image, ...scratch, ...moved, rows, columns, ...matrix);
  };
  const taken = takenOf(workshop);
  return (epoch) => {
    const first = Atomics.add(taken, 0, TAKEN_AT_ONCE);
    const end = Math.min(first + TAKEN_AT_ONCE, count);
    for (let index = first; index < end; index++) deform(epoch, index);
    return end < count;
  };
}

/** Lays the two matrices of a blur on a bench; returns the points of the lattice along each axis. */
function layBlur(
  { memory, rows, columns }: Workshop,
  bench: Bench,
  { sigma, alpha }: Elastic,
): [rows: number, columns: number] {
  const down = blur(sigma, rows);
  const along = rows === columns ? down : blur(sigma, columns);
  const floats = new Float32Array(memory.buffer);
  const [first, second] = [bench.down / FLOAT_BYTES, bench.along / FLOAT_BYTES];
  const stride = strideOf(down.points);
  for (let r = 0; r < rows; r++) {
    for (let point = 0; point < down.points; point++) {
      floats[first + r * stride + point] = down.weights[r * down.points + point]!;
    }
  }
  for (let c = 0; c < columns; c++) {
    for (let point = 0; point < along.points; point++) {
      const weight = along.weights[c * along.points + point]!;
      floats[second + point * strideOf(columns) + c] = alpha * weight;
    }
  }
  return [down.points, along.points];
}

/** Floats from one row of a matrix to the next. */
function strideOf(width: number): number {
  return Math.ceil(width / 4) * 4;
}

/** Words from one row of squares to the next (kernels/resample.ts). */
function squareStrideOf(columns: number): number {
  return Math.ceil((columns + 2) / 16) * 16;
}
