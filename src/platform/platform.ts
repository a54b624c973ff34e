/**
 * What the parts that run everywhere ask of the machine. Each platform has a file beside this one that
 * provides it, and the package's `imports` choose among them: `#platform`.
 */

/**
 * The `Worker` of the web, which a thread is made by. Bundlers find the script of a thread by these very
 * words: `new Worker(new URL("./script.js", import.meta.url), { type: "module" })`. So whoever starts one
 * writes them, and declares the global name: `declare const Worker: WorkerConstructor`.
 */
export type WorkerConstructor = new (script: URL, options: { readonly type: "module" }) => unknown;

/** A thread of its own, which does not keep the process alive unless it has been asked something. */
export interface Thread {
  /**
   * Where a thread can only start while the one that starts it does not block, as in browsers: resolves
   * when it has started, and rejects if it cannot. Elsewhere there is nothing to wait for.
   */
  readonly started?: Promise<void>;
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
   * usual. Returns undefined, and does nothing, where this is not known to work; left out where it never does.
   */
  mergingVectors?<T>(work: () => T): T | undefined;
  /** The bytes of a file of this package. In browsers, only workers can ask for them. */
  readBytes(file: URL): Uint8Array;
  /** How many processors there are for this process. */
  processors(): number;
  /** Whether there is a file of this name on the machine. */
  fileExists(name: string): boolean;
  /** A package with native code, if it is installed. Throws where there is none, or no such packages. */
  nativePackage(name: string): unknown;
  /**
   * Starts a thread that runs a script of this package. Throws where threads are not permitted.
   *
   * @param make makes a {@link WorkerConstructor Worker} of the script
   * @param data what the script is given, copied unless it is shared memory
   * @param onFailure called if an error ends the thread
   */
  startThread(make: () => unknown, data: unknown, onFailure?: () => void): Thread;
  /** In a thread, to be called once, first of all: does its work with what it was started with. */
  onStart(work: (data: unknown) => void): void;
  /** In a thread: deals with each message that it is sent. */
  answer(work: (message: unknown) => void): void;
  /** In a thread: called when it ends, for whatever reason, where the platform tells. */
  atThreadEnd(action: () => void): void;
}
