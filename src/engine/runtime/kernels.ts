/** The compiled kernels; kernels/ has their source. */
import { readBytes } from "#platform";
import { compileKernels } from "../../platform/memory.js";
import type { Target } from "../compile.js";
import { UnsupportedError } from "../errors.js";
import { positional } from "../signatures.js";
import type { Linker } from "./linking.js";
import { allocated, reserve } from "./memory.js";

/** What JavaScript calls of the kernels; signatures.ts has those that instructions call. */
export interface Kernels {
  listBytes(capacity: number): number;
  compactListBytes(capacity: number): number;
  scratchBytes(): number;
  listImages(table: number, lists: number, images: number, rows: number, count: number): number;
}

/** How many bits one instruction computes at once: 256 where V8 merges pairs of WebAssembly's. */
export type Simd = 128 | 256;

const modules = new Map<Simd, WebAssembly.Module>();

/**
 * The WebAssembly module, one for each width, as both may be in use. Throws an {@link UnsupportedError}
 * where it cannot be run, and an `EngineError` if there is no room for it.
 */
export function kernelModule(simd: Simd = 128): WebAssembly.Module {
  const module = modules.get(simd) ?? compileModule(simd);
  modules.set(simd, module);
  return module;
}

/** A section that says nothing. By it the bytes differ, and V8 does not give both modules the same code. */
const UNNAMED_SECTION = [0x00, 0x01, 0x00];

function compileModule(simd: Simd): WebAssembly.Module {
  if (!("WebAssembly" in globalThis)) {
    throw new UnsupportedError("the engine cannot run here: there is no WebAssembly");
  }
  try {
    const bytes = readBytes(new URL("../kernels.wasm", import.meta.url));
    const own = simd === 128 ? bytes : Uint8Array.of(...bytes, ...UNNAMED_SECTION);
    return allocated("its kernels", () => compileKernels(own));
  } catch (cause) {
    if (!(cause instanceof WebAssembly.CompileError)) throw cause;
    throw new UnsupportedError(
      "the engine cannot run here: this machine has no SIMD instructions for WebAssembly",
      { cause },
    );
  }
}

/** The kernels over a memory, in the shapes that are fastest with instructions of so many bits. */
export function instantiate(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  simd: Simd,
): Kernels {
  const env = { memory, wide: simd === 256 ? 1 : 0 };
  const { exports } = allocated("its kernels", () => new WebAssembly.Instance(module, { env }));
  return exports as unknown as Kernels;
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
  const kernels = instantiate(module, reserve(1), 128);
  return {
    listBytes: { compact: kernels.compactListBytes, quick: kernels.listBytes },
    scratchBytes: kernels.scratchBytes(),
  };
}
