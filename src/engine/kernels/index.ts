/** The kernels of the engine, each described where it is defined. */
export * from "./binary";
export { sparseOrDense } from "./choice";
export { constantsEnd } from "./elementary";
export { gatherByteColumns, gatherColumns, scatterColumns } from "./gather";
export { gemm, gemmTransposed, scratchBytes } from "./gemm";
export { compactListBytes, listBytes, listColumns, listImages, listPixels, listSamples } from "./lists";
export * from "./reductions";
export { accumulate12, accumulate16, sparseAccumulate, sparseOuter } from "./outer";
export { overwrite16, revise16, sparseProduct } from "./sparse";
export { transpose } from "./transpose";
export * from "./unary";
