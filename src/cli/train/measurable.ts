/** What needs validation images. */
import { SettingsError } from "../../training/errors.js";
import { withoutValidation } from "../../training/settings/compatibility.js";
import type { MeasuringFlags } from "../options/measuring.js";

/**
 * Throws a {@link SettingsError} if there are no validation images, though nothing else is to be measured, or the best
 * epoch is to be kept.
 *
 * @param keeping the flag for the latter, if it is given
 */
export function expectMeasurable(
  { measure }: Pick<MeasuringFlags, "measure">,
  validationSize: number,
  keeping: string | undefined,
): void {
  if (validationSize > 0) return;
  const measuresOthers = measure.some((word) => word !== "validation");
  const need = measuresOthers ? keeping : "--measure validation";
  if (need !== undefined) throw new SettingsError(withoutValidation(need));
}
