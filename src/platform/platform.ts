/**
 * What the parts that run everywhere ask of the machine. Each platform has a file beside this one that
 * provides it, and the package's `imports` choose among them: `#platform`.
 */

/** A thread of its own, which does not keep the process alive unless it has been asked something. */
export interface Thread {
  /** Sends a message, and resolves when the thread has dealt with it; rejects if the thread has failed. */
  ask(message: unknown): Promise<void>;
  /** Ends the thread, whatever it is doing. */
  end(): void;
}

export interface Platform {
  /** The SHA-256 of the pieces, one after the other, in hexadecimal digits. */
  sha256(pieces: Iterable<ArrayBufferView>): string;
  /** Lets events happen that are due, and resolves after them. */
  nextTurn(): Promise<void>;
  /**
   * Does some work in which all WebAssembly that is called is compiled by the optimising compiler at once,
   * and with pairs of its 128-bit operations merged into 256-bit ones. What is compiled later is compiled as
   * usual. Returns undefined, and does nothing, where this is not known to work.
   */
  mergingVectors<T>(work: () => T): T | undefined;
  /** The bytes of a file of this package. */
  readBytes(file: URL): Uint8Array;
  /** How many processors there are for this process. */
  processors(): number;
  /**
   * Starts a thread that runs a script of this package. Throws where threads are not permitted.
   *
   * @param data what the script is given, copied unless it is shared memory
   * @param onFailure called if an error ends the thread
   */
  startThread(script: URL, data: unknown, onFailure?: () => void): Thread;
  /** In a thread: what it was started with. */
  threadData(): unknown;
  /** In a thread: deals with each message that it is sent. */
  answer(work: (message: unknown) => void): void;
  /** In a thread: called when it ends, for whatever reason. */
  atThreadEnd(action: () => void): void;
}
