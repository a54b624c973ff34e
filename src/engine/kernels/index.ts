/** The kernels of the engine, each described where it is defined. */
export { add, divide, greater, maximum, multiply, subtract } from "./binary";
export { sparseOrDense } from "./choice";
export { gatherByteColumns, gatherColumns, scatterColumns } from "./gather";
export { gemm, gemmTransposed, scratchBytes } from "./gemm";
export { compactListBytes, listBytes, listColumns, listImages, listPixels, listSamples } from "./lists";
export { maxAll, maxColumns, maxRows, sumAll, sumColumns, sumRows } from "./reductions";
export { sparseOuter } from "./outer";
export { sparseProduct } from "./sparse";
export { transpose } from "./transpose";
export { copy, exp, floor, log, negate, reciprocal, sqrt, tanh } from "./unary";
