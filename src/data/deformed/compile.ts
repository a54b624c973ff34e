/** The compiled kernels, as the build has put them beside this file. */
import { readBytes } from "#platform";
import { allocated } from "./allocated.js";

/** The kernels; undefined without what they need: WebAssembly with SIMD, memory that threads share. */
export function compileKernels(): WebAssembly.Module | undefined {
  if (!("WebAssembly" in globalThis && "SharedArrayBuffer" in globalThis)) return undefined;
  try {
    const bytes = readBytes(new URL("./kernels.wasm", import.meta.url));
    return allocated(() => new WebAssembly.Module(bytes));
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return undefined;
    throw error;
  }
}
