/** Reading a configuration, or the specification of a sweep: one JSON object of names and values. */

import { attemptToRead } from "../../files/attempt.js";
import { readBounded } from "../../files/bounded.js";
import { UsageError } from "../errors/kinds.js";

/** What JSON says about one setting: a scalar, or a list of them. */
export type ConfigValue = Scalar | readonly Scalar[];
type Scalar = string | number | boolean;

/** What JSON says about a setting that may have several values: each of a list, or what an object says. */
export type SpecValue = SpecMember | Readonly<Record<string, SpecMember>>;
export type SpecMember = Scalar | readonly ConfigValue[];

export interface ConfigEntry<Value = ConfigValue> {
  readonly name: string;
  readonly value: Value;
  /** From 1. */
  readonly line: number;
}

/** In bytes; a file with all settings has fewer than a thousandth of it. */
const LONGEST_FILE = 1_000_000;

/**
 * Reads a file, or a pipe, to its end.
 *
 * Throws a UsageError if it cannot be read, is too long, or is no object of scalars and lists of them.
 */
export function readConfigFile(path: string): ConfigEntry[] {
  return parseConfig(readText(path), path);
}

/** The same of a specification, whose lists may have lists in them, and which may have objects. */
export function readSpecFile(path: string): ConfigEntry<SpecValue>[] {
  return parseSpec(readText(path), path);
}

function readText(path: string): string {
  const bytes = attemptToRead(
    () => readBounded(path, LONGEST_FILE),
    (reason, options) => new UsageError(`cannot read ${path}: ${reason}`, options),
  );
  if (bytes !== undefined) return bytes.toString("utf8");
  throw new UsageError(`${path} has more than a million bytes, which no configuration has`);
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
  return parse(text, path, ({ value }) => value("a string, a number, true, false or a list"));
}

export function parseSpec(text: string, path: string): ConfigEntry<SpecValue>[] {
  const expected = "a string, a number, true, false, a list or an object";
  return parse(text, path, ({ sign, list, value, members }) => {
    const item = () => value("a string, a number, true, false or a list");
    const member = () => (sign("[") ? list(item) : value(expected));
    if (!sign("{")) return member();
    return Object.fromEntries(members(member).map((each) => [each.name, each.value]));
  });
}

/** How the parts of a text are read; what begins with a sign is read from after it. */
interface Reading {
  readonly sign: (character: string) => boolean;
  readonly value: (expected: string) => ConfigValue;
  readonly list: <Item>(item: () => Item) => Item[];
  readonly members: <Value>(value: () => Value) => ConfigEntry<Value>[];
}

function parse<Value>(
  text: string,
  path: string,
  valueIn: (reading: Reading) => Value,
): ConfigEntry<Value>[] {
  let at = text.startsWith("\ufeff") ? 1 : 0;
  let [lines, lineStart] = [1, 0];

  /** Where the text is read, from 1; each line is counted once. */
  const place = () => {
    let end = text.indexOf("\n", lineStart);
    for (; end !== -1 && end < at; end = text.indexOf("\n", lineStart)) {
      lineStart = end + 1;
      lines++;
    }
    return { line: lines, column: at - lineStart + 1 };
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
  const list = <Item>(item: () => Item): Item[] => {
    const items: Item[] = [];
    if (sign("]")) return items;
    do items.push(item());
    while (sign(","));
    if (!sign("]")) fail("',' or ']'");
    return items;
  };
  const value = (expected: string) =>
    sign("[") ? list(() => scalar("a string, a number, true or false")) : scalar(expected);
  const members = <Member>(member: () => Member): ConfigEntry<Member>[] => {
    const entries: ConfigEntry<Member>[] = [];
    if (sign("}")) return entries;
    do {
      take(BLANK);
      const { line } = place();
      const name = JSON.parse(take(STRING) ?? fail("a name in double quotes")) as string;
      if (!sign(":")) fail("':'");
      entries.push({ name, value: member(), line });
    } while (sign(","));
    if (!sign("}")) fail("',' or '}'");
    return entries;
  };

  if (!sign("{")) fail("'{'");
  const entries = members(() => valueIn({ sign, value, list, members }));
  take(BLANK);
  if (at < text.length) fail("nothing more");
  return entries;
}
