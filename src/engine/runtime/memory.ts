/** The memory of a session. */
import { EngineError } from "../errors.js";

const PAGE_BYTES = 65_536;

/**
 * A memory of a fixed size; a page of it takes room only once it is used. Throws an {@link EngineError}
 * if there is no room for its addresses.
 */
export function reserve(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch (cause) {
    const needed = Math.ceil(bytes / 2 ** 20).toLocaleString("en-US");
    throw new EngineError(
      `the engine needs ${needed} MiB of memory, which is not available here (it can address 4,096 at most): choose a smaller network or data set`,
      { cause },
    );
  }
}
