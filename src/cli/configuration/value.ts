/** Values of settings that do not come from flags, read by the parsers of the flags. */
import { InvalidArgumentError, type Option } from "commander";
import { SettingsError } from "../../training/errors.js";
import type { ConfigValue } from "./file.js";

/** Throws a SettingsError that begins with `where` if the option cannot have the value. */
export function settingValue(option: Option, value: ConfigValue, where: string): unknown {
  try {
    return parse(option, value);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new SettingsError(`${where} cannot be ${JSON.stringify(value)}: ${inside(error)}`);
  }
}

/** A parser's sentence, as part of another. */
function inside({ message }: InvalidArgumentError): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, "");
}

function parse(option: Option, value: ConfigValue): unknown {
  if (!option.required) return switched(value);
  if (option.parseArg === undefined) {
    if (typeof value === "string") return value;
    throw new InvalidArgumentError("Expected a string.");
  }
  const parsed = option.parseArg(inWords(value), undefined);
  if (Array.isArray(value) && typeof parsed !== "object") {
    throw new InvalidArgumentError("Expected one value, not a list.");
  }
  return parsed;
}

/** The environment has words only. */
function switched(value: ConfigValue): boolean {
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  throw new InvalidArgumentError("Expected true or false.");
}

/** Settings as flags: `{ learningRate: 3, hidden: [] }` is `--learning-rate 3 --hidden none`. */
export function asFlags(settings: Readonly<Record<string, ConfigValue>>): string {
  return Object.entries(settings)
    .map(
      ([name, value]) =>
        `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${inWords(value)}`,
    )
    .join(" ");
}

/** A value as it stands on the command line, where lists have commas, and an empty one is `none`. */
function inWords(value: ConfigValue): string {
  if (!Array.isArray(value)) return String(value);
  return value.length === 0 ? "none" : value.join(",");
}
