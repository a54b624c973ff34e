/** How much of a network is where its activation function is flat, and so hardly learns. */
import {
  add,
  broadcast,
  constant,
  divide,
  greater,
  j,
  type Node,
  type Program,
  type Session,
  sum,
  type Variable,
  variable,
} from "../../autodiff/index.js";
import { size } from "../../autodiff/matrix.js";
import { activations, feedForward } from "../../nn/index.js";
import { indicesFrom, inputs, type Model } from "../programs.js";

const SAMPLES = 200;

/** The derivative below which an activation function is as good as flat. */
const FLAT = 0.01;

const NAME = "flatness";

export class Flatness {
  /** What a session must have loaded. */
  readonly programs: Readonly<Record<typeof NAME, Program>>;
  readonly #part = variable([1, 1], { name: "flat" });

  /** @param images the first of these are evaluated */
  constructor(model: Model, images: Variable) {
    this.programs = { [NAME]: [{ variable: this.#part, value: flatPart(model, images) }] };
  }

  /** The part, from 0 to 1, of all hidden activations that are flat; 0 without hidden units. */
  part(session: Session): number {
    session.run(NAME);
    return session.read(this.#part)[0] as number;
  }
}

/** How many of the derivatives σ'(z), which j(σ) gives, are below the bound. */
function flatPart({ theta, settings }: Model, images: Variable): Node {
  const count = Math.min(images.shape[1], SAMPLES);
  const activation = activations[settings.activation];
  const first = constant(0);
  const flat: Node[] = [];
  feedForward(theta, inputs(images, indicesFrom(first, count)), (z) => {
    const a = activation(z);
    const slope = j(activation)(a, broadcast(1, z.shape), z);
    flat.push(greater(FLAT, slope));
    return a;
  });
  const total = flat.reduce((sum, { shape }) => sum + size(shape), 0);
  return flat.map((each) => divide(sum(each), total)).reduce(add, first);
}
