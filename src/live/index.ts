/** Live runs: what viewers are told, what they then know, and who tells them. */
export type {
  Ended,
  FirstLayer,
  LossPoint,
  Mistaken,
  Progressed,
  RunEvent,
  RunView,
  Snapshot,
  Started,
  WatchedDigit,
  WatchedMistake,
} from "./events.js";
export { unpackedWeights } from "./first-layer.js";
export { Observer, type ObserverOptions } from "./observer.js";
export type { NetworkState } from "./snapshot.js";
export { NOTHING, reduce } from "./view.js";
