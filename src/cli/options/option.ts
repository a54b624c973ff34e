/** Options that are settings of a run, which a recipe, a file and the environment may give as well. */
import { Option } from "commander";

/**
 * What a setting is about:
 *
 * - `method`: how to train; where one is given, the default recipe does not apply;
 * - `course`: for how long, on which images, and with which seed;
 * - `means`: what runs the programs and where the data is, which is no part of `Settings`.
 */
export type Role = "method" | "course" | "means";

export class SettingOption extends Option {
  readonly role: Role;

  constructor(flags: string, description: string, role: Role) {
    super(flags, description);
    this.role = role;
  }
}

/** The options of a command that are settings of a run. */
export function settingOptions({ options }: { options: readonly Option[] }): SettingOption[] {
  return options.filter((option) => option instanceof SettingOption);
}
