/** The kernels that deform images, each described where it is defined; definition.ts says what they compute. */
export { constantsEnd } from "../../../platform/kernels/constants";
export { multiply } from "./multiply";
export { normalise } from "./normalise";
export { noise } from "./noise";
export { resample } from "./resample";
