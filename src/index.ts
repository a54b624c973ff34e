/** The library: automatic differentiation, networks, the engine, data sets, training and checkpoints. */
export * from "./checkpoints/index.js";
export * from "./data/index.js";
export * from "./portable.js";
