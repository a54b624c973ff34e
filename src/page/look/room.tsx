/** The room "look". */
import type { JSX } from "preact";

export function LookRoom(): JSX.Element {
  return <p>Look</p>;
}
