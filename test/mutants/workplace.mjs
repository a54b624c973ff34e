/** A copy of what was built and of its tests, in which one mutant after the other is tried. */

import { fork } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transformSync } from "@swc/core";

const COPIED = ["dist", "test", "package.json", "vitest.config.ts"];
/** Some tests read the sources as they are. */
const LINKED = ["node_modules", "data", "src"];

export class Workplace {
  #root = mkdtempSync(join(tmpdir(), "train-mnist-mutants-"));
  #runner;

  /** @param {string} repository that has been built */
  constructor(repository) {
    for (const name of COPIED) {
      cpSync(join(repository, name), join(this.#root, name), { recursive: true });
    }
    for (const name of LINKED) symlinkSync(join(repository, name), join(this.#root, name));
    mkdirSync(this.#path("home"));
  }

  /**
   * Puts a source in the place of what was built of it.
   *
   * @param {string} file such as src/data/idx.ts
   * @throws {Error} if it is not valid TypeScript
   */
  build(file, source) {
    const { code } = transformSync(source, {
      jsc: {
        parser: { syntax: "typescript" },
        target: "es2022",
        transform: { verbatimModuleSyntax: true },
      },
      module: { type: "es6" },
    });
    writeFileSync(this.#built(file), code);
  }

  /**
   * Runs tests, in this order, until one fails.
   *
   * @param {string[]} tests
   * @param {number} limit in seconds
   * @returns {Promise<{ passed: boolean, stopped: boolean, seconds: number[] }>} and how long each file
   * took; none if they were stopped
   */
  run(tests, limit) {
    this.#runner ??= this.#start();
    const runner = this.#runner;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#stop();
        resolve({ passed: false, stopped: true, seconds: [] });
      }, 1000 * limit);
      runner.removeAllListeners();
      runner.once("message", (answer) => {
        clearTimeout(timer);
        resolve({ ...answer, stopped: false });
      });
      runner.once("exit", () => reject(new Error("vitest has ended by itself")));
      runner.send(tests);
    });
  }

  remove() {
    this.#stop();
    rmSync(this.#root, { recursive: true, force: true });
  }

  #start() {
    const home = this.#path("home");
    return fork(this.#path("test", "mutants", "runner.mjs"), {
      cwd: this.#root,
      // A mutant that writes or removes what it should not finds nothing of the user's.
      env: { ...process.env, HOME: home, XDG_CACHE_HOME: home, TMPDIR: home },
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      // With a process group of its own, so that it ends with all the processes that tests start.
      detached: true,
    });
  }

  #stop() {
    try {
      process.kill(-this.#runner.pid, "SIGKILL");
    } catch {
      // There is none, or it has ended.
    }
    this.#runner = undefined;
  }

  #built(file) {
    return this.#path("dist", file.replace(/\.ts$/, ".js"));
  }

  #path(...names) {
    return join(this.#root, ...names);
  }
}
