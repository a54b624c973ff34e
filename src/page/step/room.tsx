/** The room "step". */
import type { JSX } from "preact";

export function StepRoom(): JSX.Element {
  return <p>Step</p>;
}
