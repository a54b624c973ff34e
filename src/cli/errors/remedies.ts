/** The flag, or environment variable, for what an error proposes: other parts know of neither. */
import type { DataRemedy } from "../../data/errors.js";
import type { EngineRemedy } from "../../engine/errors.js";

type Remedy = DataRemedy | EngineRemedy;

const FLAGS: Readonly<Record<Remedy, string>> = {
  "other source": "--mirror <url>, --data-dir <dir>",
  "other folder": "--data-dir <dir>",
  "data set of a folder": "--dataset <name>",
  "other cache": "--cache-dir <dir>",
  "one thread": "--threads 1",
  "embedded kernels": "--backend embedded",
  "128 bits": "--simd 128",
  "BLAS file": "TRAIN_MNIST_BLAS",
  "address space": "NODE_OPTIONS=--disable-wasm-trap-handler",
};

/** The error's message, with the flags in parentheses at its end, before a final period. */
export function withRemedy(error: Error & { readonly remedy?: Remedy | undefined }): string {
  const { message, remedy } = error;
  return remedy === undefined ? message : message.replace(/\.?$/, ` (${FLAGS[remedy]})$&`);
}
