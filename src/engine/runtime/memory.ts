/** The memory of a session, and of all else that WebAssembly allocates. */
import { openMemory } from "../../platform/memory.js";
import { EngineError } from "../errors.js";

const PAGE_BYTES = 65_536;

/** Addresses have 32 bits. */
const MOST_BYTES = 2 ** 32;

/**
 * A memory of a fixed size; a page of it takes room only once it is used. Throws an {@link EngineError}
 * if there is no room for its addresses.
 */
export function reserve(bytes: number): WebAssembly.Memory {
  expectAddressable(bytes);
  const pages = Math.ceil(bytes / PAGE_BYTES);
  return allocated(`${inMiB(bytes)} of memory`, () => openMemory(pages));
}

/** Throws an {@link EngineError} if there are no addresses for so many bytes. */
export function expectAddressable(bytes: number): void {
  if (bytes <= MOST_BYTES) return;
  throw new EngineError(
    `the engine needs ${inMiB(bytes)} of memory, and can address 4,096 at most: choose a smaller network or data set`,
  );
}

function inMiB(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20).toLocaleString("en-US")} MiB`;
}

/**
 * What a function allocates. Throws an {@link EngineError} if there is no room for it. That is mostly
 * for a limit on addresses (`ulimit -v`): to trap what lies outside of a memory, V8 reserves 8 GiB or
 * more for each, however small.
 */
export function allocated<T>(what: string, allocate: () => T): T {
  try {
    return allocate();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new EngineError(
      `the engine cannot have ${what} here: choose a smaller network or data set, raise the limit on address space (ulimit -v), or let WebAssembly reserve less of it`,
      { remedy: "address space", cause },
    );
  }
}
