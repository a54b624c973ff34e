/** The job of deforming the images of a data set: the kernels that do it, and the memory that they share. */
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

/** What is deformed and how. It can be sent to another thread. */
export interface Job {
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
  readonly workspaces: readonly Workspace[];
  /** The images to be deformed, as they are. */
  readonly originals: number;
  /** All images: the first `count` as deformed, the others as they are. */
  readonly results: number;
  readonly end: number;
}

/** What a thread computes for one image, in memory of its own. */
interface Workspace {
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

/** The first byte behind the constants of the kernels (platform/kernels/constants.ts), and some more. */
export const START = 128;

/** Everything in memory starts at a multiple of a cache line. */
const ALIGNMENT = 64;

/** The zeros around an image in its frame, along each axis (kernels/resample.ts). */
const AROUND = 3;

/** How many images a thread takes at a time: about half a millisecond of work. */
const CHUNK = 64;

/**
 * A memory with these images, of which the first `count` are to be deformed by up to so many threads.
 * Throws a `DataError` if there is no room for it.
 */
export function createJob(
  module: WebAssembly.Module,
  images: Images,
  count: number,
  deformation: Deformation,
  seed: number,
  threads = 1,
): Job {
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
  const workspace = (): Workspace => ({
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
    workspaces: Array.from({ length: threads }, workspace),
    originals: reserve(rows * columns * count),
    results: reserve(pixels.length),
    end,
  };
}

/** How many images of an epoch have been taken; shared by the threads. */
function takenOf({ memory, layout }: Job): Int32Array {
  return new Int32Array(memory.buffer, layout.taken, 1);
}

/** Begins a job anew: no image has been taken. */
export function restart(job: Job): void {
  Atomics.store(takenOf(job), 0, 0);
}

/** Whether there are images that no thread has taken. */
export function hasWork(job: Job): boolean {
  return Atomics.load(takenOf(job), 0) < job.count;
}

/**
 * The kernels, instantiated for one thread: a function that takes the next images of the job, deforms them
 * for an epoch, and returns whether any are left.
 *
 * @param thread which one this is, from 0 on
 */
export function instantiate(job: Job, thread = 0): (epoch: number) => boolean {
  const { module, memory, layout, deformation, seed, labels, rows, columns, count } = job;
  const { exports } = allocated(() => new WebAssembly.Instance(module, { env: { memory } }));
  const kernels = exports as Kernels;
  const { workspaces, originals, results } = layout;
  const workspace = workspaces[thread] as Workspace;
  const { down, along, noise, product, displacements, frame, squares, positions } = workspace;
  const size = rows * columns;
  let last: Elastic | undefined;
  let [height, width] = [0, 0];
  const displace = ({ sigma, alpha, field }: ElasticWarp, key: readonly [number, number]) => {
    // Where displacements are normalised, that gives them their α.
    const blurred = { sigma, alpha: field === undefined ? alpha : 1 };
    if (blurred.sigma !== last?.sigma || blurred.alpha !== last.alpha) {
      [height, width] = writeBlur(job, workspace, blurred);
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
  const taken = takenOf(job);
  return (epoch) => {
    const first = Atomics.add(taken, 0, CHUNK);
    const end = Math.min(first + CHUNK, count);
    for (let index = first; index < end; index++) deform(epoch, index);
    return end < count;
  };
}

/** Writes the two matrices of a blur into a workspace. Returns the points of the lattice along each axis. */
function writeBlur(
  { memory, rows, columns }: Job,
  workspace: Workspace,
  { sigma, alpha }: Elastic,
): [rows: number, columns: number] {
  const down = blur(sigma, rows);
  const along = rows === columns ? down : blur(sigma, columns);
  const floats = new Float32Array(memory.buffer);
  const [first, second] = [workspace.down / FLOAT_BYTES, workspace.along / FLOAT_BYTES];
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
