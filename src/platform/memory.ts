/**
 * The memory that kernels work in: shared by threads where that is possible, else for one thread alone.
 * Browsers let only those pages share memory that are isolated from others: MDN, `crossOriginIsolated`.
 */

/** Whether threads can share memory here. */
export const sharesMemory = "SharedArrayBuffer" in globalThis;

/** A buffer of zeros, shared where that is possible. */
export function openBuffer(bytes: number): ArrayBufferLike {
  return sharesMemory ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}

/** A memory of so many pages of 64 KiB. Throws a RangeError or TypeError if there is no room for it. */
export function openMemory(pages: number): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: sharesMemory });
}

/**
 * Kernels as they have been built, compiled for memory as {@link openMemory} gives it. Throws a
 * `CompileError` where there are no SIMD instructions for WebAssembly.
 */
export function compileKernels(bytes: Uint8Array): WebAssembly.Module {
  // The types of the DOM say that it takes no bytes in shared memory, which these are not.
  return new WebAssembly.Module(
    (sharesMemory ? bytes : withPlainMemory(bytes)) as Uint8Array<ArrayBuffer>,
  );
}

/** The import `env.memory`, and its limits: a maximum, shared or not (WebAssembly core, 5.3.9, 5.5.5). */
const IMPORT_OF_MEMORY = [3, ...codes("env"), 6, ...codes("memory"), 2];
const LIMITS = { plain: 1, shared: 3 };

/**
 * The same module for memory that is not shared. No kernel uses an instruction that needs shared memory:
 * it is only told of in the import.
 */
function withPlainMemory(bytes: Uint8Array): Uint8Array {
  const wanted = [...IMPORT_OF_MEMORY, LIMITS.shared];
  const start = bytes.findIndex((_, at) => wanted.every((byte, k) => bytes[at + k] === byte));
  if (start < 0) throw new Error("the kernels should import shared memory");
  const plain = bytes.slice();
  plain[start + IMPORT_OF_MEMORY.length] = LIMITS.plain;
  return plain;
}

function codes(text: string): number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}
