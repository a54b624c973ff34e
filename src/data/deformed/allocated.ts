/** What WebAssembly allocates to deform images. */
import { DataError, lessAddressSpace } from "../errors.js";

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
    throw new DataError("There is not enough memory to deform the images", {
      advice: [{ words: "take fewer of them" }, ...lessAddressSpace],
      cause,
    });
  }
}
