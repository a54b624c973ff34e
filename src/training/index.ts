/** Training: optimisers, programs, the trainer and its epochs. */

export { averagesOf } from "./averaging.js";
export { DivergenceError, type Sentence, SettingsError } from "./errors.js";
export { classify, sizesOf, type TrainedNetwork } from "./evaluation/classify.js";
export type { Classification } from "./evaluation/evaluation.js";
export {
  type MeasuredSet,
  type Measurement,
  type Measuring,
  USUAL_MEASURING,
} from "./evaluation/measuring.js";
export {
  accuracy,
  type ClassMetrics,
  classMetrics,
  confusionMatrix,
  type Mistake,
  mistakesIn,
  predictions,
} from "./evaluation/metrics.js";
export { type Hint, hintAfter } from "./hints.js";
export { optimisers } from "./optimisers/index.js";
export type { Optimiser, OptimiserOptions } from "./optimisers/optimiser.js";
export {
  bestEpoch,
  bestValidated,
  type Epoch,
  type EpochReport,
  type EpochTraining,
  type Progress,
} from "./reports.js";
export { type Ending, endingOf, learningRateAfter, learningRateAt } from "./schedule.js";
export type { OptimiserName, ScheduleName } from "./settings/choices.js";
export { checkSettings } from "./settings/compatibility.js";
export {
  completeSettings,
  defaults,
  type NetworkSettings,
  type Settings,
} from "./settings/settings.js";
export type { Split } from "./settings/split.js";
export type { Watch } from "./slices.js";
export type { StateVariable } from "./state.js";
export { train } from "./train.js";
export { Trainer } from "./trainer.js";
