/** The compiled kernels; kernels/ has their source. */
import { readBytes } from "#platform";
import type { Target } from "../compile.js";
import { UnsupportedError } from "../errors.js";
import { positional } from "../signatures.js";
import type { Linker } from "./linking.js";

/** The kernels that are not only called by instructions, but by the session too. */
export interface Kernels {
  listBytes(capacity: number): number;
  compactListBytes(capacity: number): number;
  scratchBytes(): number;
  listImages(table: number, lists: number, images: number, rows: number, count: number): number;
}

let compiled: WebAssembly.Module | undefined;

/** The WebAssembly module. Throws an {@link UnsupportedError} where it cannot be run. */
export function kernelModule(): WebAssembly.Module {
  compiled ??= compileModule();
  return compiled;
}

function compileModule(): WebAssembly.Module {
  const missing = ["WebAssembly", "SharedArrayBuffer"].find((name) => !(name in globalThis));
  if (missing !== undefined) {
    throw new UnsupportedError(`the engine cannot run here: there is no ${missing}`);
  }
  try {
    return new WebAssembly.Module(readBytes(new URL("../kernels.wasm", import.meta.url)));
  } catch (cause) {
    if (!(cause instanceof WebAssembly.CompileError)) throw cause;
    throw new UnsupportedError(
      "the engine cannot run here: this machine has no SIMD instructions for WebAssembly",
      { cause },
    );
  }
}

/** The kernels over a memory. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}

export function embeddedLinker(kernels: Kernels): Linker {
  const functions = new Map(Object.entries(kernels));
  return (call) => {
    const target = functions.get(call.kernel);
    if (target === undefined) throw new Error(`the engine's module has no kernel ${call.kernel}`);
    return { target, args: positional(call) };
  };
}

/** What kernels say about the memory that they need. */
export function kernelSizes(): Pick<Target, "listBytes" | "scratchBytes"> {
  const module = kernelModule();
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const kernels = instantiate(module, memory);
  return {
    listBytes: { compact: kernels.compactListBytes, quick: kernels.listBytes },
    scratchBytes: kernels.scratchBytes(),
  };
}
