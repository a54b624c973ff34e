/** The command that is shown for settings is one that has them. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { argumentsFor } from "../../src/recipes/command-line.js";
import { recipes } from "../../src/recipes/index.js";
import { completeSettings, type Settings } from "../../src/training/index.js";

const program = fileURLToPath(new URL("../../dist/bin/train-mnist.js", import.meta.url));

/** What the command makes of arguments. */
function printed(args: string): Record<string, unknown> {
  const words = args.split(" ").filter(Boolean);
  const text = execFileSync(process.execPath, [program, ...words, "--print-config"], {
    encoding: "utf8",
  });
  return JSON.parse(text);
}

function expectSame(settings: Settings, recipe: string): void {
  const config = printed(argumentsFor(settings, recipe));
  for (const [name, value] of Object.entries(settings)) {
    const isPair = typeof value === "object" && !Array.isArray(value);
    const expected = isPair ? Object.values(value).join(",") : value;
    if (value !== undefined) expect([name, config[name]]).toEqual([name, expected]);
  }
}

describe("the arguments for settings", () => {
  test("are none for the default recipe", () => {
    const { settings } = recipes.find(({ name }) => name === "default")!;
    expect(argumentsFor(completeSettings(settings), "default")).toBe("");
  });

  test("have σ before α, in whatever order the setting has them", () => {
    expect(
      argumentsFor(completeSettings({ elastic: { alpha: 20, sigma: 4 } }), "default"),
    ).toContain("--elastic 4,20");
  });

  test("name a recipe, and what differs from it", () => {
    const { settings } = recipes.find(({ name }) => name === "default")!;
    const mine = completeSettings({ ...settings, epochs: 2, elastic: { sigma: 4, alpha: 20 } });
    expect(argumentsFor(mine, "default")).toBe("--recipe default --epochs 2 --elastic 4,20");
    expectSame(mine, "default");
  });

  test("keep a schedule that never falls in the place of that of the recipe", () => {
    const { settings } = recipes.find(({ name }) => name === "default")!;
    const mine = completeSettings({ ...settings, epochs: 10, schedule: "step" });
    expect(argumentsFor(mine, "default")).toBe("--recipe default --epochs 10 --schedule step");
    expectSame(mine, "default");
  });

  test("leave out what has no effect, which the command would refuse", () => {
    const idle = completeSettings({ hidden: [], activation: "relu", learningRate: 1 });
    expect(argumentsFor(idle, "best")).toBe("--learning-rate 1 --hidden none");
    const short = completeSettings({ ...idle, epochs: 1, schedule: "exponential", lrEnd: 0.1 });
    const words = argumentsFor(short, undefined);
    expect(words).not.toContain("--lr-end");
    expect(printed(words)).toMatchObject({ hidden: [], schedule: "exponential" });
  });

  test("do without a recipe that has more, and say enough for none to apply", () => {
    const { elastic: _, ...rest } = recipes.find(({ name }) => name === "default")!.settings;
    const mine = completeSettings(rest);
    const words = argumentsFor(mine, "default");
    expect(words).not.toContain("recipe");
    expect(printed(words)).not.toHaveProperty("elastic");
    expectSame(mine, "default");
  });

  test("say something even if everything is at its default", () => {
    const words = argumentsFor(completeSettings(), undefined);
    expect(words).toBe("--learning-rate 0.5");
    expect(printed(words)).not.toHaveProperty("elastic");
  });
});
