/** Training images, deformed anew for each epoch while the epoch before it is trained on. */
import { startThread } from "#platform";
import type { Images } from "../dataset.js";
import { compileKernels } from "./compile.js";
import { deformed } from "./definition.js";
import type { Deformation } from "./deformation.js";
import { instantiate, openWorkshop, type Workshop } from "./workshop.js";

interface Preparation {
  readonly epoch: number;
  readonly done: Promise<void>;
}

/** Where and how the images are deformed. */
interface Deforming {
  /** All images, as they were last deformed. */
  readonly pixels: Uint8Array;
  readonly deform: (epoch: number) => void | Promise<void>;
  readonly end?: () => void;
}

/**
 * What an image becomes depends on the seed, the epoch and the index of the image alone, and has the
 * same bits on every machine on which the kernels run. Where they do not, the definition deforms the
 * images, slowly, and some pixels differ by a grey level.
 */
export class Deformer {
  readonly #deforming: Deforming;
  #latest: Preparation | undefined;

  /** @param count how many images, from the first on, are deformed; the others stay as they are */
  constructor(images: Images, count: number, deformation: Deformation, seed: number) {
    const kernels = compileKernels();
    this.#deforming = kernels
      ? byKernels(openWorkshop(kernels, images, count, deformation, seed), images)
      : byDefinition(images, count, deformation, seed);
  }

  /** Begins to deform the images for an epoch, in the place of those of the epoch before. */
  prepare(epoch: number): void {
    this.#preparationOf(epoch);
  }

  /** All images as {@link Images.pixels}, for this epoch; they stay until another is prepared. */
  async images(epoch: number): Promise<Uint8Array> {
    await this.#preparationOf(epoch);
    return this.#deforming.pixels;
  }

  dispose(): void {
    this.#deforming.end?.();
  }

  /** Resolves when it is done; the one before is finished first. */
  #preparationOf(epoch: number): Promise<void> {
    if (this.#latest?.epoch === epoch) return this.#latest.done;
    const before = this.#latest?.done ?? Promise.resolve();
    const done = before.then(() => this.#deforming.deform(epoch));
    // A failure is told to whoever asks for the images.
    done.catch(() => {});
    this.#latest = { epoch, done };
    return done;
  }
}

/** On a thread of its own, if threads are permitted. */
function byKernels(workshop: Workshop, images: Images): Deforming {
  const { memory, layout } = workshop;
  const pixels = new Uint8Array(memory.buffer, layout.results, images.pixels.length);
  try {
    const thread = startThread(new URL("./worker.js", import.meta.url), workshop);
    return { pixels, deform: (epoch) => thread.ask(epoch), end: () => thread.end() };
  } catch {
    return { pixels, deform: instantiate(workshop) };
  }
}

function byDefinition(
  images: Images,
  count: number,
  deformation: Deformation,
  seed: number,
): Deforming {
  const pixels = images.pixels.slice();
  const size = images.rows * images.columns;
  const deform = (epoch: number) => {
    for (let index = 0; index < count; index++) {
      pixels.set(deformed(images, deformation, { seed, epoch, index }), index * size);
    }
  };
  return { pixels, deform };
}
