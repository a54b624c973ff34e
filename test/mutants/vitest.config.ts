/** The tests as a mutant is put to them: in the order that is asked for, until the first that fails. */
import type { ViteUserConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import base from "../../vitest.config.js";

class AsAsked extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files;
  }
}

const config: ViteUserConfig = {
  ...base,
  cacheDir: ".cache",
  test: {
    ...base.test,
    // What was built is there, and Node itself is to load it.
    globalSetup: [],
    setupFiles: ["test/mutants/no-shrinking.ts"],
    server: { deps: { external: [/\/dist\//] } },
    bail: 1,
    isolate: false,
    fileParallelism: false,
    reporters: [{}],
    sequence: { sequencer: AsAsked },
  },
};

export default config;
