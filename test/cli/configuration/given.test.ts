import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { configure } from "../../../src/cli/configuration/configure.js";
import { addTrainOptions } from "../../../src/cli/train/command.js";

/** What is given by the words of a command line. */
function givenBy(...words: string[]) {
  const command = addTrainOptions(new Command()).exitOverride();
  command.parse(words, { from: "user" });
  return configure<{ resume?: string }>(command, {}).given;
}

describe("what is given", () => {
  test("has no plain settings where the default recipe is followed", () => {
    for (const words of [[], ["--epochs", "3", "--seed", "2", "--threads", "2"]]) {
      const { recipe, plain } = givenBy(...words);
      expect(recipe).toEqual({ name: "default", except: [] });
      expect(plain).toBeUndefined();
    }
  });

  test("names the settings that switch the default recipe off, and no others", () => {
    const { recipe, plain } = givenBy("--hidden", "9", "--lr", "1", "--epochs", "3", "--seed", "2");
    expect(recipe).toBeUndefined();
    expect(plain?.toSorted()).toEqual(["hidden", "learningRate"]);
  });

  test("names the flags in which a run differs from the recipe it follows", () => {
    const { recipe } = givenBy("--recipe", "default", "--max-norm", "3", "--seed", "2");
    expect(recipe).toEqual({ name: "default", except: ["--max-norm"] });
    const other = givenBy("--recipe", "default", "--hidden", "9", "--epochs", "3").recipe;
    expect(other?.except).toEqual(["--hidden"]);
  });
});
