/**
 * How many bits V8 computes with at once: the 128 of WebAssembly's vectors, or 256 where it merges pairs
 * of their operations. Only the speed depends on it.
 */

/** Whether kernels take the shape that is best for 256 bits; whoever instantiates the module says so. */
// @ts-ignore: decorator
@external("env", "wide")
export declare const wide: bool;
