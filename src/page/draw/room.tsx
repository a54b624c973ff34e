/** The room "draw". */
import type { JSX } from "preact";

export function DrawRoom(): JSX.Element {
  return <p>Draw</p>;
}
