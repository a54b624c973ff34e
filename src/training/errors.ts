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

  /** @param where the operation that gave it, if it is known */
  constructor(epoch: number, step: number, where: string | undefined, learningRate: number) {
    const what = where === undefined ? "a loss or weight" : where;
    super(
      `training diverged: ${what} was not finite at step ${step} of epoch ${epoch}\n` +
        `the learning rate ${learningRate} is probably too high: try --learning-rate ${Number((learningRate / 10).toPrecision(2))}`,
    );
    this.epoch = epoch;
    this.step = step;
  }
}
