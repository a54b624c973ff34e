/** The flags by which the command does what an error proposes. */
import type { DataRemedy } from "../../data/errors.js";

type Remedy = DataRemedy;

const FLAGS: Readonly<Record<Remedy, string>> = {
  "other source": "--mirror <url>, --data-dir <dir>",
  "other cache": "--cache-dir <dir>",
};

/** The error's message, with these flags in parentheses at its end, before the period. */
export function withRemedy(error: Error & { readonly remedy?: Remedy | undefined }): string {
  const { message, remedy } = error;
  return remedy === undefined ? message : message.replace(/\.?$/, ` (${FLAGS[remedy]})$&`);
}
