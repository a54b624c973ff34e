/**
 * How threads are synchronised: by a few shared words, one of them starts a round of work for all, and all wait
 * for each other at barriers within it.
 *
 * A thread that waits spins at first, as most waits last some microseconds, and then sleeps.
 */

import { openBuffer } from "../../platform/memory.js";
import { EngineError } from "../errors.js";

const WORDS = { round: 0, program: 1, times: 2, arrived: 3, phase: 4, asleep: 5, failed: 6 };

/** How often a thread looks at a word before it sleeps: about 20 µs. */
const SPINS = 5000;

/** How long a sleeper rests before it checks whether another thread has failed. */
const REST_MILLISECONDS = 1000;

/** After this many rests in which no thread has arrived, one is assumed to be dead. */
const MOST_RESTS = 120;

/** What the word `failed` says of a thread: nothing, that it has died, or that a kernel has trapped in it. */
const FAILED = { no: 0, died: 1, trapped: 2 };

export interface Round {
  readonly program: number;
  readonly times: number;
}

export class Control {
  readonly shared: ArrayBufferLike;
  readonly #words: Int32Array;
  readonly #threads: number;

  constructor(
    threads: number,
    shared = openBuffer(Object.keys(WORDS).length * Int32Array.BYTES_PER_ELEMENT),
  ) {
    this.shared = shared;
    this.#words = new Int32Array(shared);
    this.#threads = threads;
  }

  /** Gives all other threads the next round. */
  startRound({ program, times }: Round): void {
    this.#words[WORDS.program] = program;
    this.#words[WORDS.times] = times;
    Atomics.add(this.#words, WORDS.round, 1);
    Atomics.notify(this.#words, WORDS.round);
  }

  /** Waits for the round after the `seen`-th. */
  nextRound(seen: number): Round {
    this.#await(WORDS.round, seen, Number.POSITIVE_INFINITY);
    const [program, times] = [this.#words[WORDS.program], this.#words[WORDS.times]];
    return { program: program as number, times: times as number };
  }

  /** A barrier: waits until all threads have come here. Throws an error if one of them has failed. */
  barrier(): void {
    this.#expectAll();
    const phase = Atomics.load(this.#words, WORDS.phase);
    if (Atomics.add(this.#words, WORDS.arrived, 1) === this.#threads - 1) {
      Atomics.store(this.#words, WORDS.arrived, 0);
      Atomics.add(this.#words, WORDS.phase, 1);
      if (Atomics.load(this.#words, WORDS.asleep) > 0) Atomics.notify(this.#words, WORDS.phase);
      return;
    }
    this.#await(WORDS.phase, phase, REST_MILLISECONDS);
  }

  /** Tells the others that this thread cannot go on, and why. The first that says so is heard. */
  fail(error?: unknown): void {
    const reason = error instanceof WebAssembly.RuntimeError ? FAILED.trapped : FAILED.died;
    Atomics.compareExchange(this.#words, WORDS.failed, FAILED.no, reason);
    Atomics.notify(this.#words, WORDS.phase);
  }

  /** Throws if a thread cannot go on. */
  #expectAll(): void {
    const failed = Atomics.load(this.#words, WORDS.failed);
    if (failed === FAILED.trapped) throw new WebAssembly.RuntimeError("a kernel has trapped");
    if (failed === FAILED.died) throw threadDied();
  }

  /** Waits until a word is no longer what it was. */
  #await(word: number, old: number, rest: number): void {
    const words = this.#words;
    for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(words, word) !== old) return;
    Atomics.add(words, WORDS.asleep, 1);
    let arrived = Atomics.load(words, WORDS.arrived);
    let rests = 0;
    while (Atomics.load(words, word) === old) {
      Atomics.wait(words, word, old, rest);
      const now = Atomics.load(words, WORDS.arrived);
      rests = now === arrived ? rests + 1 : 0;
      arrived = now;
      // A thread that is ended from outside cannot tell.
      if (Atomics.load(words, word) === old && rests === MOST_RESTS) throw threadDied();
      this.#expectAll();
    }
    Atomics.sub(words, WORDS.asleep, 1);
  }
}

function threadDied(): EngineError {
  return new EngineError("a thread of the engine has died: try again, or with one thread", {
    remedy: "one thread",
  });
}
