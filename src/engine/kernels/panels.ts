/**
 * The panels that V8 merges pairs of vectors in. Exports are not inlined; in one function with other panels, V8 would
 * not merge their vectors, or spill them.
 */
export { accumulate12, accumulate16, accumulate24, accumulate25 } from "./products/accumulate";
export { addBlock } from "./products/blocks";
export { outer13, outer16, outer24, outer25 } from "./products/outer";
export { revise16, revise24 } from "./products/sparse";
