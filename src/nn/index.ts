/** Layers, activations, costs and initialisations, all composed of primitives. */

export { generator, type RandomGenerator } from "../random.js";
export { activations, relu, scaledTanh } from "./activations.js";
export { adversarial } from "./adversarial.js";
export { type Cost, costs } from "./costs.js";
export { dropout } from "./dropout.js";
export { initialise } from "./initialisation.js";
export { labelSmoothing } from "./label-smoothing.js";
export { logSumExp, softmax, softplus } from "./log-sum-exp.js";
export { maxNorm } from "./max-norm.js";
export { feedForward, type Layer, type Parameters, parameterList, parameters } from "./mlp.js";
export {
  type ActivationName,
  activationNames,
  type CostName,
  costNames,
  type InitialisationName,
  initialisationNames,
} from "./names.js";
export { sigmoid, weightedInput } from "./sigmoid.js";
