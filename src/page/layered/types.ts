/** What is drawn in ranks, and where it then stands. */

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** With the size of what is written on it. Nodes are named by their places in the list. */
export interface Edge extends Size {
  readonly from: number;
  readonly to: number;
}

export interface Spacing {
  /** Between two nodes of a rank, two edges that pass, and a rank and the labels on the edges below it. */
  readonly nodes: number;
  readonly edges: number;
  readonly ranks: number;
  /** Around all of it. */
  readonly beside: number;
  readonly above: number;
}

export interface Route {
  /** Between its two nodes, from above. */
  readonly points: readonly Point[];
  /** The middle of its label. */
  readonly label: Point;
}

export interface Layered extends Size {
  /** The middles of the nodes. */
  readonly nodes: readonly Point[];
  readonly edges: readonly Route[];
}
