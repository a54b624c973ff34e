/** The kernels of the engine, each described where it is defined. */
export * from "./binary";
export { sparseOrDense } from "./products/choice";
export { constantsEnd } from "../../platform/kernels/constants";
export { gatherByteColumns, gatherColumns, scatterColumns } from "./gather";
export { gemm, gemmTransposed, scratchBytes } from "./products/gemm";
export { compactListBytes, listBytes, listColumns, listImages, listPixels, listSamples } from "./lists";
export * from "./reductions";
export { sparseAccumulate } from "./products/accumulate";
export { sparseOuter } from "./products/outer";
export { sparseProduct } from "./products/sparse";
export { transpose } from "./transpose";
export * from "./unary";
