/** The library: automatic differentiation, networks, data sets and training. */
export * from "./autodiff/index.js";
export * from "./data/index.js";
export * from "./nn/index.js";
export * from "./training/index.js";
