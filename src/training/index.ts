/** Training: optimisers, programs, the trainer and its epochs. */
export { SettingsError } from "./errors.js";
export { accuracy, NO_CLASS, predictions } from "./metrics.js";
export { type GradientDescent, gradientDescent, type Optimiser } from "./optimisers.js";
export { bestEpoch, type EpochReport } from "./reports.js";
export type { Settings } from "./settings.js";
export type { Watch } from "./slices.js";
export { type Split, split } from "./split.js";
export { type Resumption, train } from "./train.js";
export { type Epoch, type EpochTraining, type StateVariable, Trainer } from "./trainer.js";
