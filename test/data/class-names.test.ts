import { describe, expect, test } from "vitest";
import { classNames } from "../../src/data/class-names.js";
import { catalogue } from "../../src/data/index.js";

describe("the names of classes", () => {
  test.each(catalogue.map(({ name }) => name))("are ten, or digits, in %s", (name) => {
    const names = classNames(name);
    if (names !== undefined) expect(new Set(names).size).toBe(10);
    expect(names === undefined).toBe(/^q?mnist$/.test(name));
  });

  test.each(["", "generated", "toString", "my-digits"])("are none in %j", (name) => {
    expect(classNames(name)).toBeUndefined();
  });
});
