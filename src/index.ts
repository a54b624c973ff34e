/** The library: automatic differentiation, networks, the engine, data sets, training and checkpoints. */
export * from "./autodiff/index.js";
export * from "./checkpoints/index.js";
export * from "./data/index.js";
export * from "./engine/index.js";
export * from "./nn/index.js";
export { generator, normal, type RandomGenerator, shuffle, uniform } from "./random.js";
export * from "./training/index.js";
