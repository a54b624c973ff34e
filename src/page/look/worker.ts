/** A thread that runs a network on images, so that the page stays responsive. */
import { type Executor, interpreter, type Matrix } from "../../autodiff/index.js";
import type { Unlabelled } from "../../data/dataset.js";
import { DataError } from "../../data/errors.js";
import { engine, UnsupportedError } from "../../engine/index.js";
import type { Parameters } from "../../nn/index.js";
import { classify, type TrainedNetwork } from "../../training/evaluation/classify.js";

export interface Request {
  readonly layers: Parameters<Matrix>;
  readonly settings: TrainedNetwork["settings"];
  readonly images: Unlabelled;
}

/** How far it is, what it has found, or why it cannot. */
export type Answer =
  | { readonly part: number }
  | { readonly predicted: Uint8Array; readonly outputs: Float64Array }
  | { readonly message: string };

const tell = (answer: Answer) => postMessage(answer);

addEventListener("message", async ({ data }: MessageEvent<Request>) => {
  const { layers, settings, images } = data;
  try {
    const { predicted, outputs } = await classify({ layers, settings }, images, executor(), {
      onProgress: (done) => tell({ part: done / images.count }),
    });
    tell({ predicted, outputs });
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    tell({ message: error.message });
  }
});

/** The engine, or the interpreter where that cannot run: it is slow, but there is no hurry. */
function executor(): Executor {
  try {
    return engine({ threads: 1 });
  } catch (error) {
    if (error instanceof UnsupportedError) return interpreter;
    throw error;
  }
}
