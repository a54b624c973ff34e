/** Training: optimisers, programs, the trainer and its epochs. */
export { SettingsError } from "./errors.js";
export { accuracy, NO_CLASS, predictions } from "./metrics.js";
export { type GradientDescent, gradientDescent } from "./optimisers.js";
export type { Settings } from "./settings.js";
export type { Watch } from "./slices.js";
export { type Split, split } from "./split.js";
export { bestEpoch, type EpochReport, train } from "./train.js";
export { type EpochTraining, Trainer } from "./trainer.js";
