/** The compiled kernels, as the build has put them beside this file. */
import { readBytes } from "#platform";
import { compileKernels as compile } from "../../platform/memory.js";
import { allocated } from "./allocated.js";

/** The kernels; undefined without what they need: WebAssembly with SIMD. */
export function compileKernels(): WebAssembly.Module | undefined {
  if (!("WebAssembly" in globalThis)) return undefined;
  try {
    const bytes = readBytes(new URL("./kernels.wasm", import.meta.url));
    return allocated(() => compile(bytes));
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return undefined;
    throw error;
  }
}
