/** What went wrong, for whoever uses the page. */
import { CheckpointError } from "../../checkpoints/errors.js";
import { DataError } from "../../data/errors.js";
import { EngineError, UnsupportedError } from "../../engine/errors.js";
import { DivergenceError, isOutOfMemory, SettingsError } from "../../training/errors.js";
import type { Failure } from "./protocol.js";

export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof DivergenceError) return { kind: "diverged", message: sentence(message) };
  if (error instanceof SettingsError) return { kind: "setting", message: sentence(message) };
  if (error instanceof UnsupportedError) return { kind: "engine", message: NO_SIMD };
  if (isLackOfMemory(error)) return { kind: "memory", message: NO_MEMORY };
  if (error instanceof DataError || error instanceof CheckpointError) {
    return { kind: "data", message: withStop(message) };
  }
  if (error instanceof EngineError) return { kind: "engine", message: sentence(message) };
  return { kind: "other", message: `Training stopped by an error: ${sentence(message)}` };
}

const NO_SIMD =
  "This browser has no WebAssembly with SIMD, which training takes: use a newer one. Drawing and stepping work without it.";

const NO_MEMORY =
  "The browser gives no more memory: close other tabs, or choose smaller layers or fewer images.";

function isLackOfMemory(error: unknown): boolean {
  if (error instanceof EngineError || error instanceof DataError) {
    return error.remedy === "address space";
  }
  return isOutOfMemory(error);
}

/** `training diverged: …` → `Training diverged: ….` */
function sentence(text: string): string {
  return withStop(text).replace(/^\p{Ll}/u, (first) => first.toUpperCase());
}

/** The lines of a message one after the other, each a sentence; one may begin with the name of a file. */
function withStop(text: string): string {
  return text
    .split("\n")
    .map((line) => (/[.!?]$/.test(line) ? line : `${line}.`))
    .join(" ");
}
