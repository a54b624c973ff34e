/** What to try otherwise, where that may help: each program has its own way of saying how. */
export type DataRemedy =
  | "other source"
  | "other folder"
  | "data set of a folder"
  | "other cache"
  | "address space";

/**
 * What can be wrong with the data that the user supplies: a missing or malformed file, or files
 * that do not fit together. The message is meant for the user and needs no stack trace.
 */
export class DataError extends Error {
  override readonly name = "DataError";
  readonly remedy: DataRemedy | undefined;

  constructor(message: string, options?: ErrorOptions & { readonly remedy?: DataRemedy }) {
    super(message, options);
    this.remedy = options?.remedy;
  }
}
