/** A thread that runs a network on images, so that the page stays responsive. */
import { interpreter, type Matrix } from "../../autodiff/index.js";
import type { Unlabelled } from "../../data/dataset.js";
import { DataError } from "../../data/errors.js";
import type { Parameters } from "../../nn/index.js";
import { classify, type TrainedNetwork } from "../../training/evaluation/classify.js";

export interface Asked {
  readonly layers: Parameters<Matrix>;
  readonly settings: TrainedNetwork["settings"];
  readonly images: Unlabelled;
}

/** How far it is, what it has found, or why it cannot. */
export type Told =
  | { readonly part: number }
  | { readonly predicted: Uint8Array; readonly outputs: Float64Array }
  | { readonly message: string };

const tell = (told: Told) => postMessage(told);

addEventListener("message", async ({ data }: MessageEvent<Asked>) => {
  const { layers, settings, images } = data;
  try {
    const { predicted, outputs } = await classify({ layers, settings }, images, interpreter, {
      onProgress: (done) => tell({ part: done / images.count }),
    });
    tell({ predicted, outputs });
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    tell({ message: error.message });
  }
});
