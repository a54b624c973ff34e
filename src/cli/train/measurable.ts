/** Whether there is anything to measure. */
import { SettingsError } from "../../training/errors.js";
import { withoutValidation } from "../../training/settings/compatibility.js";
import type { MeasuringFlags } from "../options/measuring.js";

/** Throws a {@link SettingsError} if only validation images are to be measured, and there are none. */
export function expectMeasurable(
  { measure }: Pick<MeasuringFlags, "measure">,
  validationSize: number,
): void {
  if (validationSize > 0 || measure.some((word) => word !== "validation")) return;
  throw new SettingsError(withoutValidation("--measure validation"));
}
