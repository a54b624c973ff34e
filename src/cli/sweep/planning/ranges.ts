/** What a setting is drawn from: `{"min": 0.001, "max": 1, "scale": "log"}`, or `{"choices": […]}`. */
import { type Drawn, numberIn, type Range } from "../../../sweeps/plan/points.js";
import type { ConfigValue, SpecMember } from "../../configuration/file.js";
import { settingValue } from "../../configuration/value.js";
import { UsageError } from "../../errors/kinds.js";
import { didYouMean } from "../../errors/nearest.js";
import type { SettingOption } from "../../options/option.js";
import { type Choice, expectDifferent } from "./choice.js";

const KEYS = ["min", "max", "scale", "choices"];
const SCALES = ["linear", "log"] as const;

/**
 * @param read a value of the setting
 * @throws {UsageError} if the object says something else, or the setting cannot have such values
 */
export function drawnFrom(
  object: Readonly<Record<string, SpecMember>>,
  option: SettingOption,
  where: string,
  read: (value: ConfigValue) => Choice,
): Drawn<Choice> {
  const name = option.attributeName();
  for (const key of Object.keys(object)) {
    if (KEYS.includes(key)) continue;
    throw new UsageError(`${where} has ${key}: ${didYouMean(key, KEYS) ?? EXPECTED}`);
  }
  const { choices, ...others } = object;
  if (choices === undefined)
    return { name, draw: fromRange(rangeIn(others, where), option, where, read) };
  if (Object.keys(others).length > 0 || !Array.isArray(choices) || choices.length === 0) {
    throw new UsageError(`${where}: ${EXPECTED}`);
  }
  const list = choices.map(read);
  expectDifferent(list, where);
  return { name, draw: (u) => list[Math.floor(u * list.length)] as Choice };
}

const EXPECTED = 'expected {"min": …, "max": …, "scale": "log" or "linear"}, or {"choices": […]}';

function rangeIn(object: Readonly<Record<string, SpecMember>>, where: string): Range {
  const { min, max, scale = "linear" } = object;
  const isScale = SCALES.some((each) => each === scale);
  if (typeof min !== "number" || typeof max !== "number" || !isScale) {
    throw new UsageError(`${where}: ${EXPECTED}`);
  }
  if (!(min < max)) throw new UsageError(`${where} has a min that is not below its max`);
  if (scale === "log" && !(min > 0)) {
    throw new UsageError(
      `${where} has a min that is not above 0, as it must be where scale is "log"`,
    );
  }
  return { min, max, scale: scale as Range["scale"] };
}

/** Of a setting that has whole numbers only, what is drawn is rounded. */
function fromRange(
  range: Range,
  option: SettingOption,
  where: string,
  read: (value: ConfigValue) => Choice,
): (u: number) => Choice {
  const { min, max } = range;
  for (const end of [min, max]) settingValue(option, end, where);
  if (takes(option, fractionBetween(min, max))) return (u) => read(numberIn(range, u));
  // So that the ends are drawn as often as what is between them.
  const wide = range.scale === "log" ? range : { ...range, min: min - 0.5, max: max + 0.5 };
  return (u) => read(Math.min(max, Math.max(min, Math.round(numberIn(wide, u)))));
}

function takes(option: SettingOption, value: number): boolean {
  try {
    settingValue(option, value, "");
    return true;
  } catch {
    return false;
  }
}

/** A number that is not whole. */
function fractionBetween(min: number, max: number): number {
  const middle = (min + max) / 2;
  return Number.isInteger(middle) ? middle + Math.min(0.25, (max - min) / 4) : middle;
}
