import { describe, expect, test } from "vitest";
import { visible } from "../../../src/cli/terminal/visible.js";
import { run } from "../../support/command.js";

describe("text from elsewhere", () => {
  test.each([
    ["plain, 漢字, é, 🙂", "plain, 漢字, é, 🙂"],
    ["two\nlines", "two\\nlines"],
    ["\u001b[31mred", "\\x1b[31mred"],
    ["\u0007\r\t", "\\x07\\x0d\\x09"],
    ["\u009b2J", "\\x9b2J"],
    ["gnp\u202e.exe", "gnp\\u202e.exe"],
  ])("%j is shown as %j", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});

describe("nothing from outside reaches the terminal as it is:", () => {
  const ESCAPE = "\u001b]0;title\u0007";
  const cases: [string, string[], NodeJS.ProcessEnv?][] = [
    ["the folder of the data", ["--data-dir", `no${ESCAPE}\nfolder`]],
    ["a flag", [`--ep${ESCAPE}`]],
    ["a word", [`w${ESCAPE}`]],
    ["the value of a flag", ["--hidden", ESCAPE]],
    ["a recipe", ["--recipe", ESCAPE]],
    ["a configuration", ["--config", `c${ESCAPE}.json`]],
    ["a file to resume", ["--resume", ESCAPE]],
    ["the environment", [], { TRAIN_MNIST_HIDDEN: ESCAPE }],
    ["a file to evaluate", ["evaluate", ESCAPE]],
    ["an image", ["predict", ESCAPE, ESCAPE]],
  ];

  test.each(cases)("%s", async (_, args, env = {}) => {
    const { code, stdout, stderr } = await run(args, env);
    expect(code).not.toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(stderr).toMatch(/^train-mnist: [^\n]+\n$/);
  });
});
