/** The data of a benchmark: MNIST, or images in its place, in temporary folders that are removed. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateDataset } from "./generated.mjs";
import { note } from "./options.mjs";

export class Data {
  #temporary;
  #given;
  #generated;
  #deformed = new Map();

  /** @param {string | undefined} directory with the four files of MNIST */
  constructor(directory) {
    this.#given = directory;
  }

  /** @returns {"MNIST" | "generated"} */
  get kind() {
    return this.#given ? "MNIST" : "generated";
  }

  /** A folder that is removed at the end. @param {string} name */
  folder(name) {
    this.#temporary ??= mkdtempSync(join(tmpdir(), "train-mnist-bench-"));
    const path = join(this.#temporary, name);
    mkdirSync(path);
    return path;
  }

  /** The folder with the images as they are. */
  plain() {
    if (this.#given) return this.#given;
    if (!this.#generated) {
      note("No MNIST given (--data-dir or TRAIN_MNIST_DATA): generating images in its place.");
      this.#generated = this.folder("generated");
      generateDataset(this.#generated, 1);
    }
    return this.#generated;
  }

  /**
   * The folder with a workload's training images deformed once, for contestants that cannot do it.
   *
   * @param {string} name of the workload
   * @param {import("../workloads.mjs").Workload} workload
   * @returns {Promise<string>} the plain one if this project, which deforms them, is not built
   */
  async deformed(name, { deformation }) {
    if (!deformation) return this.plain();
    if (!this.#deformed.has(name)) this.#deformed.set(name, await this.#deform(name, deformation));
    return this.#deformed.get(name);
  }

  async #deform(name, deformation) {
    const from = this.plain();
    note(`Deforming the images of ${name} for the contestants that do not deform any.`);
    try {
      const { writeDeformed } = await import("./deformed.mjs");
      const to = this.folder(name);
      await writeDeformed(from, to, deformation);
      return to;
    } catch (error) {
      note(`${name} has them undeformed for these: ${error.message.split("\n")[0]}`);
      return from;
    }
  }

  remove() {
    if (this.#temporary) rmSync(this.#temporary, { recursive: true, force: true });
  }
}
