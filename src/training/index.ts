/** Training: optimisers, programs, the trainer and its epochs. */
export type { OptimiserName, ScheduleName } from "./choices.js";
export { type Classification, classify, type TrainedNetwork } from "./classify.js";
export { DivergenceError, SettingsError, TargetError } from "./errors.js";
export { Hints } from "./hints.js";
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
export { bestEpoch, type EpochReport } from "./reports.js";
export { type Ending, endingOf, learningRateAfter } from "./schedule.js";
export type { NetworkSettings, Settings } from "./settings.js";
export type { Watch } from "./slices.js";
export { type Split, split } from "./split.js";
export { type Resumption, train } from "./train.js";
export { type Epoch, type EpochTraining, type StateVariable, Trainer } from "./trainer.js";
