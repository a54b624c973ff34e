/** The settings of a run do not fit together, or do not fit the data. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}
