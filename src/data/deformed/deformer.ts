/** Training images, deformed anew for each epoch while the epoch before it is trained on. */
import { processors } from "#platform";
import { expectObject } from "../../given.js";
import { checkImages, type Images } from "../dataset.js";
import { compileKernels } from "./compile.js";
import { deformed } from "./definition.js";
import type { Deformation } from "./deformation.js";
import { createJob } from "./job.js";
import { ThreadPool } from "./thread-pool.js";

interface Preparation {
  readonly epoch: number;
  readonly begun: Promise<void>;
}

/** What deforms the images: the kernels or the definition. */
interface Implementation {
  /** All images, as they were last deformed. */
  readonly pixels: Uint8Array;
  /** Begins with the images of an epoch on so many threads, those of the one before being done. */
  readonly begin: (epoch: number, threads: number) => void;
  readonly finish: () => void | Promise<void>;
  readonly end: () => void;
}

/**
 * Each takes about 20 MiB of memory. Four deform images faster than all but the smallest networks are
 * trained on them.
 */
const MOST_THREADS = 4;

/** A thread takes about as long to start as to deform so many images. */
const WORTH_A_THREAD = 4000;

/**
 * What an image becomes depends on the seed, the epoch and the index of the image alone, and has the
 * same bits on every machine on which the kernels run, and for every number of threads. Where they do
 * not run, the definition deforms the images, slowly, and some pixels differ by a grey level.
 */
export class Deformer {
  readonly #implementation: Implementation;
  readonly #threads: number;
  #latest: Preparation | undefined;

  /**
   * @param count how many images, from the first on, are deformed; the others stay as they are
   * @param threads how many at most; as many as this machine has processors, if they are worth it
   */
  constructor(
    images: Images,
    count: number,
    deformation: Deformation,
    seed: number,
    threads = Math.min(processors(), MOST_THREADS, Math.ceil(count / WORTH_A_THREAD)),
  ) {
    checkImages(images, "Deformer: the images");
    expectObject("Deformer: the deformation", deformation, "an object, such as { rotation: 10 }");
    const kernels = compileKernels();
    this.#threads = threads;
    this.#implementation = kernels
      ? byKernels(kernels, images, count, deformation, seed, threads)
      : byDefinition(images, count, deformation, seed);
  }

  /**
   * Begins to deform the images for an epoch, in the place of those of the epoch before.
   *
   * @param busy how many processors have other work meanwhile; at least one thread deforms, all the same
   */
  prepare(epoch: number, busy = 0): void {
    const threads = Math.max(1, Math.min(processors() - busy, this.#threads));
    // A failure is told to whoever asks for the images.
    this.#begun(epoch, threads).catch(() => {});
  }

  /** All images as {@link Images.pixels}, for this epoch; they stay until another is prepared. */
  async images(epoch: number): Promise<Uint8Array> {
    await this.#begun(epoch, this.#threads);
    await this.#implementation.finish();
    return this.#implementation.pixels;
  }

  dispose(): void {
    this.#implementation.end();
  }

  /** Resolves when it is begun; the one before is finished first. */
  #begun(epoch: number, threads: number): Promise<void> {
    if (this.#latest?.epoch === epoch) return this.#latest.begun;
    const before =
      this.#latest?.begun.then(() => this.#implementation.finish()) ?? Promise.resolve();
    const begun = before.then(() => this.#implementation.begin(epoch, threads));
    this.#latest = { epoch, begun };
    return begun;
  }
}

function byKernels(
  kernels: WebAssembly.Module,
  images: Images,
  count: number,
  deformation: Deformation,
  seed: number,
  threads: number,
): Implementation {
  const job = createJob(kernels, images, count, deformation, seed, threads);
  const { memory, layout } = job;
  const pixels = new Uint8Array(memory.buffer, layout.results, images.pixels.length);
  const pool = new ThreadPool(job);
  return {
    pixels,
    begin: (epoch, threads) => pool.begin(epoch, threads),
    finish: () => pool.finish(),
    end: () => pool.end(),
  };
}

function byDefinition(
  images: Images,
  count: number,
  deformation: Deformation,
  seed: number,
): Implementation {
  const pixels = images.pixels.slice();
  const size = images.rows * images.columns;
  const begin = (epoch: number) => {
    for (let index = 0; index < count; index++) {
      pixels.set(deformed(images, deformation, { seed, epoch, index }), index * size);
    }
  };
  return { pixels, begin, finish() {}, end() {} };
}
