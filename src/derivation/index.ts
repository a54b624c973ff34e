/** Backpropagation derived from the lines of the reverse sweep, checked at every step. */
export { type Algebra, algebra } from "./algebra.js";
export type { Derivation } from "./backpropagation.js";
export { type Box, type Diagram, diagramOf } from "./diagram/diagram.js";
export { dot } from "./diagram/dot.js";
export { mermaid } from "./diagram/mermaid.js";
export { svg } from "./diagram/svg.js";
export type { Exercise, Network } from "./network.js";
export type { Comparison, Proof } from "./proof.js";
export { type Report, type ReportOptions, reportOn } from "./report.js";
export { type Chain, type Reason, type Rule, reasonText, rule, type Step } from "./rewriting.js";
