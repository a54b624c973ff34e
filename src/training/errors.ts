/** The settings of a run do not fit together, or do not fit the data. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** The validation accuracy that was asked for was not reached. */
export class TargetError extends Error {
  override readonly name = "TargetError";
}

/** Training has come to numbers that are not finite; the message says what to try. */
export class DivergenceError extends Error {
  override readonly name = "DivergenceError";
  /** The epoch and the step in it, both from 1, whose result was the first such. */
  readonly epoch: number;
  readonly step: number;

  /**
   * @param where the operation that gave it, if it is known
   * @param rates the learning rate, and one to try instead
   */
  constructor(
    epoch: number,
    step: number,
    where: string | undefined,
    rates: { readonly used: number; readonly better: number },
  ) {
    const what = where ?? "a loss or weight";
    super(
      `training diverged: ${what} was not finite at step ${step} of epoch ${epoch}\n` +
        `the learning rate ${rates.used} is probably too high: try --learning-rate ${rates.better}`,
    );
    this.epoch = epoch;
    this.step = step;
  }
}
