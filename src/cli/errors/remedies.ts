/** The flag, or environment variable, of what an error advises: other parts know of neither. */
import type { EngineRemedy } from "../../engine/errors.js";

const FLAGS: Readonly<Record<EngineRemedy, string>> = {
  "one thread": "--threads 1",
  "embedded kernels": "--backend embedded",
  "BLAS file": "TRAIN_MNIST_BLAS",
};

/** The message, with the flag of the remedy at its end, before a final period. */
export function inWords(error: Error & { readonly remedy?: EngineRemedy | undefined }): string {
  const { message, remedy } = error;
  if (remedy === undefined) return message;
  return message.replace(/\.?$/, (period) => ` (${FLAGS[remedy]})${period}`);
}
