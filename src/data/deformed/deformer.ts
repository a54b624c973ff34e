/** Training images, deformed anew for each epoch while the epoch before it is trained on. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Images } from "../dataset.js";
import type { Deformation } from "./deformation.js";
import { instantiate, openWorkshop, type Workshop } from "./workshop.js";

interface Preparation {
  readonly epoch: number;
  readonly done: Promise<void>;
}

/**
 * What an image becomes depends on the seed, the epoch and the index of the image alone, and has the
 * same bits on every machine.
 */
export class Deformer {
  readonly #workshop: Workshop;
  readonly #thread: Worker | undefined;
  readonly #pixels: Uint8Array;
  #latest: Preparation | undefined;

  /** @param count how many images, from the first on, are deformed; the others stay as they are */
  constructor(images: Images, count: number, deformation: Deformation, seed: number) {
    this.#workshop = openWorkshop(images, count, deformation, seed);
    this.#thread = startThread(this.#workshop);
    const { memory, layout } = this.#workshop;
    this.#pixels = new Uint8Array(memory.buffer, layout.results, images.pixels.length);
  }

  /** Begins to deform the images for an epoch, in the place of those of the epoch before. */
  prepare(epoch: number): void {
    this.#preparationOf(epoch);
  }

  /** All images as {@link Images.pixels}, for this epoch; they stay until another is prepared. */
  async images(epoch: number): Promise<Uint8Array> {
    await this.#preparationOf(epoch);
    return this.#pixels;
  }

  dispose(): void {
    void this.#thread?.terminate();
  }

  /** Resolves when it is done; the one before is finished first. */
  #preparationOf(epoch: number): Promise<void> {
    if (this.#latest?.epoch === epoch) return this.#latest.done;
    const before = this.#latest?.done ?? Promise.resolve();
    const done = before.then(() => this.#deform(epoch));
    // A failure is told to whoever asks for the images.
    done.catch(() => {});
    this.#latest = { epoch, done };
    return done;
  }

  async #deform(epoch: number): Promise<void> {
    const thread = this.#thread;
    if (thread === undefined) {
      instantiate(this.#workshop)(epoch);
      return;
    }
    thread.ref();
    thread.postMessage(epoch);
    await once(thread, "message");
    thread.unref();
  }
}

/** Undefined where threads are not permitted. */
function startThread(workerData: Workshop): Worker | undefined {
  try {
    const thread = new Worker(new URL("./worker.js", import.meta.url), { workerData });
    thread.unref();
    return thread;
  } catch {
    return undefined;
  }
}
