/** Values of settings that do not come from flags. */
import { InvalidArgumentError, type Option } from "commander";
import { wordOf } from "../../recipes/words.js";
import { UsageError } from "../errors/kinds.js";
import { presentable, shortened } from "../errors/presentable.js";
import type { ConfigValue } from "./file.js";

/** The value as the flag's own parser reads it. Throws a {@link UsageError} that begins with `where`. */
export function settingValue(option: Option, value: ConfigValue, where: string): unknown {
  try {
    return parse(option, value);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    // JSON has no word for numbers that are too large.
    const given = typeof value === "number" ? String(value) : JSON.stringify(value);
    throw new UsageError(`${where} cannot be ${presentable(shortened(given))}: ${inside(error)}`);
  }
}

/** A parser's sentence, as part of another. */
export function inside({ message }: Error): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, "");
}

function parse(option: Option, value: ConfigValue): unknown {
  const parsed: unknown = option.parseArg?.(wordOf(value), undefined);
  if (Array.isArray(value) && typeof parsed !== "object") {
    throw new InvalidArgumentError("Expected one value, not a list.");
  }
  if (typeof parsed === "string" && typeof value !== "string") {
    throw new InvalidArgumentError("Expected a string.");
  }
  return parsed;
}

/** Settings as a configuration file has them: scalars and lists as such, anything else as its word. */
export function settingsInJson(settings: object): Record<string, ConfigValue> {
  const inJson = (value: unknown) =>
    typeof value !== "object" || Array.isArray(value) ? (value as ConfigValue) : wordOf(value);
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, inJson(value)]));
}
