/**
 * How many bits V8 computes with at once: the 128 of WebAssembly's vectors, or 256 where it merges pairs
 * of their operations. Only the speed depends on it.
 */

// @ts-ignore: decorator
@external("env", "wide")
declare const given: bool;

/**
 * Whether kernels take the shape that is best for 256 bits; whoever instantiates the module says so. Compiled with
 * NARROW, as for the page, they have no other shape than that for 128 bits: browsers do not merge vectors.
 */
// @ts-ignore: decorator
@lazy
export const wide: bool = isDefined(NARROW) ? false : given;
