/** The room "step": the reverse sweep through a small function, one step after the other. */
import type { JSX } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { grouped } from "../../charts/numbers.js";
import { Chains } from "./chains.js";
import { Controls } from "./controls.js";
import { Functions } from "./functions.js";
import { Graph } from "./graph.js";
import { Inputs } from "./inputs.js";
import type { Kind } from "./model/subject.js";
import { Panel } from "./panel.js";
import { followPlace, subject, sweep } from "./state.js";
import "./step.css";
import "./graph.css";
import "./near.css";
import { Table } from "./table.js";

const PRIME = "The prime in a′ is part of its name; it is no derivative.";

/** What a newcomer could misread in the names of a function. */
const NAMES: Readonly<Record<Kind, string>> = {
  sigmoid: PRIME,
  unit: PRIME,
  network:
    "A raised number names a layer: w² are the weights of layer 2. ⊙ multiplies number by number. The bar of a matrix has its shape.",
  formula: "",
};

export function StepRoom(): JSX.Element {
  useLayoutEffect(() => followPlace(), []);
  const { name } = sweep.value.result.symbol;
  return (
    <div class="step">
      <p class="lead">
        How much does <b>{name}</b> change when something that it is computed from changes a little?
        One pass forward computes the <b class="value">values</b>, and one sweep back computes the{" "}
        <b class="bar">bars</b>. The bar ȳ of a node y is ∂{name}/∂y: how much {name} changes for
        each unit that y changes, if the change is small. {NAMES[subject.value.kind]}
      </p>
      <Functions />
      <Inputs />
      <div class="bench">
        <div class="main">
          <Controls />
          <Graph />
          <p class="key soft">
            <span class="swatch kept" /> value stored for the sweep back{" "}
            <span class="swatch asked" /> value used by this step <span class="swatch done" /> bar{" "}
            <b class="bar">↑</b> contribution to a bar
          </p>
        </div>
        <Panel />
      </div>
      <Table />
      <Chains />
      <Ideas />
    </div>
  );
}

function Ideas(): JSX.Element {
  const given = sweep.value.nodes.filter(({ right, bar }) => right === undefined && bar);
  const numbers = given.reduce((sum, { symbol: { shape } }) => sum + shape[0] * shape[1], 0);
  return (
    <section class="ideas" aria-labelledby="step-ideas">
      <h2 id="step-ideas">Why it is done so</h2>
      <dl>
        <dt>A bar is a sum over uses</dt>
        <dd>
          When x moves, everything that uses x moves, and each use moves the result. These effects
          add up. So every use sends its contribution back along its arrow, and x̄ is their sum.
        </dd>
        <dt>Backwards</dt>
        <dd>
          A contribution is made from the bar of the node that uses x. So that bar has to be
          complete before x̄ can be: the sweep starts at the result, whose bar is 1, and goes against
          the arrows.
        </dd>
        <dt>The rule j</dt>
        <dd>
          Each operation has a rule j, made from its derivative. It takes the node’s value y, its
          bar ȳ and its operands x, and gives what each operand’s bar gets. The rule of a product is
          j(·)(y, ȳ, x₁, x₂) = (ȳ x₂, ȳ x₁): ȳ x₂ for x₁, and ȳ x₁ for x₂.
        </dd>
        <dt>What is stored</dt>
        <dd>
          The rule of exp uses the value y, that of a product uses both operands, and that of a sum
          uses neither. The forward pass stores the values that a rule will use, and they are kept
          until the sweep has used them.
        </dd>
        <dt>Each once</dt>
        <dd>
          When the sweep comes to a node, it has been to all of the node’s uses, so the bar is
          complete. It is passed on once, and stands for all paths from there to the result, however
          many there are.
        </dd>
        <dt>Not by nudges</dt>
        <dd>
          Nudges take two evaluations of the function for each partial derivative:{" "}
          {grouped(2 * numbers)} here. One pass forward and one sweep back give all of these
          derivatives together. And a nudge is right in some digits only. If h is large, the
          function bends between the two points. If h is small, rounding spoils the difference.
        </dd>
      </dl>
    </section>
  );
}
