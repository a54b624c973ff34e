#!/usr/bin/env node
// Nothing is imported before the version is known to be one that can import it.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major > 20 || (major === 20 && minor >= 19)) {
  const { main } = await import("../src/cli/main.js");
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.stderr.write(
    `train-mnist: this is Node.js ${process.versions.node}; expected 20.19 or newer, from https://nodejs.org\n`,
  );
  process.exitCode = 1;
}

export {};
