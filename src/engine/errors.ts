/** What may help. The message says it in words; whoever knows a flag for it may add that. */
export type EngineRemedy =
  | "one thread"
  | "embedded kernels"
  | "128 bits"
  | "BLAS file"
  | "address space";

/** The engine cannot do here what is asked of it. The message says why, and what to do. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  /** What the message advises last, if that is a matter of how the engine is set up. */
  readonly remedy: EngineRemedy | undefined;

  constructor(message: string, options: ErrorOptions & { readonly remedy?: EngineRemedy } = {}) {
    super(message, options);
    this.remedy = options.remedy;
  }
}

/** The engine cannot run on this machine at all; another executor can. */
export class UnsupportedError extends EngineError {}
