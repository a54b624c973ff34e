// Bundled for a browser, not run: what a worker needs to train a network and to read and write checkpoints.
import { encodeCheckpoint, parseCheckpoint } from "train-mnist/checkpoints";
import { generateDigits, parseIdx } from "train-mnist/data";
import { engine } from "train-mnist/engine";
import { Trainer, train } from "train-mnist/training";

Object.assign(self, { Trainer, train, engine, parseIdx, generateDigits });
Object.assign(self, { encodeCheckpoint, parseCheckpoint });
