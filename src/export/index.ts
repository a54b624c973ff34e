/** Networks and runs in the formats of other tools: ONNX, TensorBoard, PyTorch. */
export { type OnnxOptions, onnxModel } from "./onnx/network.js";
export { pytorchProgram } from "./pytorch.js";
export { firstRecord, type Summary, summaryRecord, tells } from "./tensorboard/events.js";
export {
  EVENTS_FILE,
  epochSummary,
  type KnownEpoch,
  recordsOfEpochs,
  weightsSummary,
} from "./tensorboard/run.js";
