/** Reading a configuration: one JSON object of names and values. */
import { readFileSync } from "node:fs";
import { systemReason } from "../../files/reason.js";
import { UsageError } from "../errors/kinds.js";

/** What JSON says about one setting: a scalar, or a list of them. */
export type ConfigValue = Scalar | readonly Scalar[];
type Scalar = string | number | boolean;

export interface ConfigEntry {
  readonly name: string;
  readonly value: ConfigValue;
  /** From 1. */
  readonly line: number;
}

/** Throws a UsageError if the file cannot be read, or is no object of scalars and lists of them. */
export function readConfigFile(path: string): ConfigEntry[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`cannot read the configuration ${path}: ${systemReason(error)}`, {
      cause: error,
    });
  }
  return parseConfig(text, path);
}

const BLANK = /[ \t\r\n]*/y;
/** RFC 8259, sections 6 and 7. */
const STRING = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const TRUTH = /true|false/y;

/**
 * The entries of a JSON object in their order. JSON.parse says neither where a text is malformed nor
 * where a value stands, and takes the last of two values of one name.
 */
export function parseConfig(text: string, path: string): ConfigEntry[] {
  let at = text.startsWith("\ufeff") ? 1 : 0;

  const place = () => {
    const lines = text.slice(0, at).split("\n");
    return { line: lines.length, column: lines.at(-1)!.length + 1 };
  };
  const fail = (expected: string): never => {
    const { line, column } = place();
    const next = text.slice(at)[Symbol.iterator]().next().value;
    const found =
      next === undefined ? "the end" : next === '"' ? "a malformed string" : `'${next}'`;
    throw new UsageError(
      `${path}, line ${line}, column ${column}: expected ${expected}, found ${found}`,
    );
  };
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const [token] = pattern.exec(text) ?? [];
    at += token?.length ?? 0;
    return token;
  };
  /** Goes to the next token, and past it if it is this sign. */
  const sign = (character: string): boolean => {
    take(BLANK);
    const found = text[at] === character;
    if (found) at++;
    return found;
  };
  const scalar = (expected: string): Scalar => {
    take(BLANK);
    const token = take(STRING) ?? take(NUMBER) ?? take(TRUTH) ?? fail(expected);
    return JSON.parse(token) as Scalar;
  };
  const list = (): Scalar[] => {
    const items: Scalar[] = [];
    if (sign("]")) return items;
    do items.push(scalar("a string, a number, true or false"));
    while (sign(","));
    if (!sign("]")) fail("',' or ']'");
    return items;
  };

  const entries: ConfigEntry[] = [];
  if (!sign("{")) fail("'{'");
  if (!sign("}")) {
    do {
      take(BLANK);
      const { line } = place();
      const name = JSON.parse(take(STRING) ?? fail("a name in double quotes")) as string;
      if (!sign(":")) fail("':'");
      const value = sign("[") ? list() : scalar("a string, a number, true, false or a list");
      entries.push({ name, value, line });
    } while (sign(","));
    if (!sign("}")) fail("',' or '}'");
  }
  take(BLANK);
  if (at < text.length) fail("nothing more");
  return entries;
}
