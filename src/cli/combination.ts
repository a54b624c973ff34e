/** Settings that are possible each on its own, but not together. */
import { type Settings, SettingsError } from "../training/index.js";

/** Throws a {@link SettingsError} if settings that are possible on their own are not together. */
export function checkCombination({ learningRate, lambda }: Settings, trainSize: number): void {
  const decay = (learningRate * lambda) / trainSize;
  if (decay < 1) return;
  throw new SettingsError(
    `--learning-rate ${learningRate} with --lambda ${lambda} on ${trainSize} images would take more than the whole of each weight away in every step: make one of them smaller`,
  );
}
