/** The settings of a run do not fit together, or do not fit the data. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** The validation accuracy that was asked for was not reached. */
export class TargetError extends Error {
  override readonly name = "TargetError";
}
