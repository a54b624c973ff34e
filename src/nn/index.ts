/** Layers, activations, costs and initialisations, all composed of primitives. */
export { type ActivationName, activations, relu } from "./activations.js";
export { type Cost, type CostName, costs } from "./costs.js";
export { type InitialisationName, initialisations, initialise } from "./initialisation.js";
export { logSumExp, softmax, softplus } from "./log-sum-exp.js";
export { feedForward, type Layer, type Parameters, parameters } from "./mlp.js";
export { sigmoid, weightedInput } from "./sigmoid.js";
