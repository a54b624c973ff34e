/**
 * The command as its users meet it: real processes of the build. All of these tests are one file to
 * vitest, so that the package is built once before them, and not while one of them runs.
 */
import { beforeAll } from "vitest";
import { build } from "../support/command.js";
import "./command/backprop.js";
import "./command/configuration.js";
import "./command/data.js";
import "./command/evaluate.js";
import "./command/help.js";
import "./command/interruption.js";
import "./command/json.js";
import "./command/predict.js";
import "./command/recipes.js";
import "./command/reproduce.js";
import "./command/terminal.js";
import "./command/trouble.js";
import "./command/text.js";
import "./command/usage.js";

beforeAll(build, 120_000);
