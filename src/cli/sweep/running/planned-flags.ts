/** Whether sweep.json has the flags that the command writes: values as the flags' own parsers give them. */
import { isDeepStrictEqual } from "node:util";
import type { Option } from "commander";
import { type Description, damaged } from "../../../sweeps/folder/description.js";
import type { ConfigValue } from "../../configuration/file.js";
import { settingValue } from "../../configuration/value.js";
import { UsageError } from "../../errors/kinds.js";
import { presentable, shortened } from "../../errors/presentable.js";
import { commonOptions } from "../planning/options.js";

/** Throws a SweepError that says which flag is missing, impossible, or none of a sweep. */
export function expectFlags(description: Description, file: string): void {
  try {
    check(description);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw damaged(file, error.message);
  }
}

function check({ flags, ...others }: Description): void {
  const options = commonOptions();
  for (const option of options) checkValue(option, flags[option.attributeName()]);
  for (const name of Object.keys(flags)) {
    if (options.some((option) => option.attributeName() === name)) continue;
    throw new UsageError(`flags.${presentable(shortened(name))} is no flag of a sweep`);
  }
  for (const name of ["executor", "backend"] as const) {
    if (others[name] === flags[name]) continue;
    throw new UsageError(`${name} should be ${JSON.stringify(flags[name])}, as flags.${name} is`);
  }
}

/** What has a default is always written. */
function checkValue(option: Option, value: unknown): void {
  const where = `flags.${option.attributeName()}`;
  if (value === undefined) {
    if (option.defaultValue === undefined) return;
    throw new UsageError(`${where} is missing`);
  }
  const read = settingValue(option, value as ConfigValue, where);
  if (isDeepStrictEqual(read, value)) return;
  throw new UsageError(`${where} should be ${JSON.stringify(read)}`);
}
