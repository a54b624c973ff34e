/** What went wrong, for whoever uses the page. */
import { CheckpointError } from "../../checkpoints/errors.js";
import { DataError } from "../../data/errors.js";
import { EngineError, UnsupportedError } from "../../engine/errors.js";
import {
  asSentences,
  DivergenceError,
  isOutOfMemory,
  type Sentence,
  SettingsError,
  withStops,
} from "../../training/errors.js";

/** As text, or as a sentence about settings, whose labels the page knows. */
export function messageOf(error: unknown): string | Sentence {
  if (error instanceof DivergenceError || error instanceof SettingsError) return error.sentence;
  if (error instanceof UnsupportedError) return NO_SIMD;
  if (isLackOfMemory(error)) return NO_MEMORY;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof DataError || error instanceof CheckpointError) return withStops(message);
  if (error instanceof EngineError) return asSentences(message);
  return `Training stopped by an error: ${asSentences(message)}`;
}

const NO_SIMD =
  "This browser has no WebAssembly with SIMD, which training takes: use a newer one. Drawing and stepping work without it.";

const NO_MEMORY =
  "The browser gives no more memory: close other tabs, or choose smaller layers or fewer images.";

function isLackOfMemory(error: unknown): boolean {
  if (error instanceof EngineError) return error.remedy === "address space";
  if (error instanceof DataError) {
    return error.advised?.advice.some(({ remedy }) => remedy === "address space") ?? false;
  }
  return isOutOfMemory(error);
}
