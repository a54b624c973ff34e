/** What one draws on in the page: paper, or a digit from elsewhere. */
import type { Ink } from "../../data/pictures/picture.js";
import type { Drawing } from "../../report/field/drawing.js";
import type { Step } from "./along.js";
import type { Reading } from "./reading.js";

/** A digit that was not drawn here. */
export interface Ground {
  /** Where it is from. */
  readonly title: string;
  readonly ink: Ink;
  /** What the network is shown of it, as long as nothing is drawn on it. */
  readonly reading: Reading;
  /** The file that it was read from. */
  readonly picture?: Blob;
  /** The step along x̄ that has led to it. */
  readonly step?: Step;
}

export type PageDrawing = Drawing<Ground>;
