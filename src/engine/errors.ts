/** The engine cannot do here what is asked of it. The message says why, and what to do. */
export class EngineError extends Error {
  override readonly name = "EngineError";
}

/** The engine cannot run on this machine at all; another executor can. */
export class UnsupportedError extends EngineError {}
