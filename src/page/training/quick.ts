/** A small network for those who come to draw before anything was trained: in seconds, beside the page. */
import type { Dataset } from "../../data/dataset.js";
import { completeSettings } from "../../training/settings/settings.js";
import { PageError } from "../error.js";
import { inLabels } from "../train/fields.js";
import type { Answer, Request } from "./protocol.js";

/** Enough for most of what people draw. */
const SETTINGS = completeSettings({ hidden: [30], epochs: 3 });

/** What the page calls it. */
export const NAME = "a small network";

export interface QuickOptions {
  /** Ends the training. */
  readonly signal: AbortSignal;
  /** Told the part that is done. */
  readonly onProgress: (part: number) => void;
}

/**
 * Resolves to the file of the run, which has everything that is to be seen of it; to undefined if it was ended.
 *
 * @throws {PageError} where nothing can be trained
 */
export async function trainQuickly(
  dataset: Dataset,
  { signal, onProgress }: QuickOptions,
): Promise<Uint8Array | undefined> {
  if (signal.aborted) return undefined;
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const ask = (request: Request) => worker.postMessage(request);
  try {
    return await new Promise<Uint8Array | undefined>((resolve, reject) => {
      signal.addEventListener("abort", () => resolve(undefined));
      const fail = ({ message }: { readonly message: string }) => reject(new PageError(message));
      worker.addEventListener("error", fail);
      worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
        if (data.answer === "failed") fail({ message: inLabels(data.message) });
        else if (data.answer === "saved") resolve(data.bytes);
        else if (data.answer === "event" && data.event.event === "progressed") {
          const { epoch, images } = data.event;
          onProgress((epoch - 1 + images / dataset.train.count) / SETTINGS.epochs);
        } else if (data.answer === "state") {
          if (data.state === "paused") ask({ ask: "start" });
          if (data.state === "ended") ask({ ask: "save" });
        }
      });
      const { hardwareConcurrency: processors = 1 } = navigator;
      const opening = { name: NAME, settings: SETTINGS, processors };
      ask({ ask: "open", ...opening, dataset });
    });
  } finally {
    worker.terminate();
  }
}
