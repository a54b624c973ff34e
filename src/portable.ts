/** The library without what needs a disk or the network: what `train-mnist` is in a browser. */
export * from "./autodiff/index.js";
export * from "./checkpoints/portable.js";
export * from "./data/portable.js";
export * from "./engine/index.js";
export * from "./nn/index.js";
export { generator, normal, type RandomGenerator, shuffle, uniform } from "./random.js";
export * from "./training/index.js";
