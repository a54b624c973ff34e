/** What a report hands to its script, as JSON: networks, and the images that they are wrong about. */
import type { ActivationName, CostName } from "../nn/names.js";

export interface Embedded {
  readonly networks: readonly EmbeddedNetwork[];
}

/** Numbers are in base64: float32 from the low byte, column by column; pixels are bytes. */
export interface EmbeddedNetwork {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly classes: readonly string[];
  readonly activation: ActivationName;
  readonly cost: CostName;
  readonly layers: readonly {
    readonly shape: readonly [number, number];
    readonly w: string;
    readonly b: string;
  }[];
  readonly mistakes: readonly EmbeddedMistake[];
}

export interface EmbeddedMistake {
  readonly index: number;
  readonly label: number;
  readonly predicted: number;
  readonly output: number;
  readonly pixels: string;
}

/** The id of the element that has it. */
export const DATA = "report-data";
