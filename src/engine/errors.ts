/** The engine cannot do here what is asked of it. The message says why, and what to do. */
export class EngineError extends Error {
  override readonly name = "EngineError";
}
