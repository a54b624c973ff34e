/** Layers, activations, costs and initialisations, all composed of primitives. */
export { type ActivationName, activations, relu, scaledTanh } from "./activations.js";
export { type Cost, type CostName, costs } from "./costs.js";
export { dropout } from "./dropout.js";
export { type InitialisationName, initialisations, initialise } from "./initialisation.js";
export { logSumExp, softmax, softplus } from "./log-sum-exp.js";
export { maxNorm } from "./max-norm.js";
export { feedForward, type Layer, type Parameters, parameters } from "./mlp.js";
export { sigmoid, weightedInput } from "./sigmoid.js";
