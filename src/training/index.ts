/** Training: optimisers, programs, the trainer and its epochs. */
export type { OptimiserName, ScheduleName } from "./choices.js";
export { type Classification, classify, type TrainedNetwork } from "./classify.js";
export { checkSettings } from "./compatibility.js";
export { DivergenceError, SettingsError } from "./errors.js";
export {
  accuracy,
  type ClassMetrics,
  classMetrics,
  confusionMatrix,
  NO_CLASS,
  predictions,
} from "./metrics.js";
export { optimisers } from "./optimisers/index.js";
export type { Optimiser, OptimiserOptions } from "./optimisers/optimiser.js";
export { BEGINNING, bestEpoch, type EpochReport, type Progress } from "./reports.js";
export { type Ending, endingOf, learningRateAfter } from "./schedule.js";
export { completeSettings, defaults, type NetworkSettings, type Settings } from "./settings.js";
export type { Watch } from "./slices.js";
export { type Split, split } from "./split.js";
export { train } from "./train.js";
export { type Epoch, type EpochTraining, type StateVariable, Trainer } from "./trainer.js";
