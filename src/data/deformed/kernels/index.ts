/** The kernels that deform images, each described where it is defined; definition.ts says what they compute. */
export { multiply } from "./multiply";
export { noise } from "./noise";
export { resample } from "./resample";
