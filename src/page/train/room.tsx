/** The room "train". */
import type { JSX } from "preact";

export function TrainRoom(): JSX.Element {
  return <p>Train</p>;
}
