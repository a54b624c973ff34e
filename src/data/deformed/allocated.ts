/** What WebAssembly allocates to deform images. */
import { DataError } from "../errors.js";

/**
 * Throws a {@link DataError} if there is no room for what is allocated. The definition would need no
 * memory of WebAssembly, but is far slower, and differs in some pixels: nobody is given it unasked.
 */
export function allocated<T>(allocate: () => T): T {
  try {
    return allocate();
  } catch (cause) {
    // A TypeError is for more than can be addressed.
    if (!(cause instanceof RangeError || cause instanceof TypeError)) throw cause;
    throw new DataError(
      "there is not enough memory to deform the images: take fewer of them, raise the limit on address space (ulimit -v), or let WebAssembly reserve less of it",
      { remedy: "address space", cause },
    );
  }
}
