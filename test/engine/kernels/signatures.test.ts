/** The parameters of the kernels, as instructions take them to be and as they are. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { positional, signatures } from "../../../src/engine/signatures.js";
import { kernel, kernels } from "./memory.js";

/** Those that are not for instructions but for whoever writes images, and prepares memory; and parts of others. */
const OTHERS = [
  ...["compactListBytes", "constantsEnd", "listBytes", "listImages", "scratchBytes"],
  ...[
    "accumulate12",
    "accumulate16",
    "accumulate24",
    "accumulate25",
    "outer13",
    "outer16",
    "outer24",
    "outer25",
    "revise16",
    "revise24",
    "addBlock",
    "addPacked",
  ],
];

const folder = new URL("../../../src/engine/kernels/", import.meta.url);
const sources = readdirSync(folder, { encoding: "utf8", recursive: true })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(new URL(file, folder), "utf8"));

/** The names of the parameters of an exported function of the sources. */
function declared(name: string): string | undefined {
  const [parameters] = sources.flatMap(
    (source) => source.match(new RegExp(`export function ${name}\\(([^)]*)\\)`))?.[1] ?? [],
  );
  return parameters?.match(/\w+(?=:)/g)?.join(" ");
}

test("there is a signature for every kernel of the module, and for no other", () => {
  const exported = Object.keys(kernels).filter((name) => typeof kernels[name] === "function");
  expect(exported.filter((name) => !OTHERS.includes(name)).sort()).toEqual(
    Object.keys(signatures).sort(),
  );
});

describe.each(Object.entries(signatures))("the signature of %s", (name, signature) => {
  test("has the parameters of the source, in their order", () => {
    expect(signature).toBe(declared(name));
  });

  test("has as many as the compiled kernel", () => {
    expect(signature.split(" ")).toHaveLength(kernel(name).length);
  });
});

test("arguments get into the order of the parameters, in whichever they are given", () => {
  const args = { n: 5, m: 4, stride: 3, x: 2, out: 1 };
  expect(positional({ kernel: "sumRows", args })).toEqual([1, 2, 3, 4, 5]);
});
