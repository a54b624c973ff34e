/** The book's four equations, which unfold from the lines of the sweep once it has come so far. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { formula } from "../../autodiff/index.js";
import { FILLS } from "../../derivation/diagram/colours.js";
import { type Derivation, reasonText, type Step } from "../../derivation/index.js";
import { subjectOf } from "./model/marks.js";
import { nodeNamed } from "./model/sweep.js";
import { goTo, picked, progress, subject, sweep } from "./state.js";

export function Chains(): JSX.Element | null {
  const { derivations, kind } = subject.value;
  const [first] = derivations;
  if (first === undefined) return null;
  const delta = subjectOf(sweep.value, first)?.bar?.name;
  return (
    <section class="chains" aria-labelledby="step-chains">
      <h2 id="step-chains">The four equations of backpropagation</h2>
      <p>
        {kind !== "network"
          ? `Take a′ itself as the cost C of a network. Then ∇ₐC, the derivative of C with respect to the output a′, is 1, and what the sweep computes is what textbooks call backpropagation: δ¹, their error of the layer, is ${delta}. `
          : "What the sweep computes is what textbooks call backpropagation: δ, their error of a layer, is z̄, and ∇ₐC is the gradient of the cost C with respect to the outputs. "}
        σ′ is the derivative of the sigmoid σ, and ᵀ transposes a matrix, which leaves a single
        number as it is. A badge on a node of the graph says which equation its bar is part of.
        Nobody put these equations in: each follows from the lines of the sweep, and each equality
        is checked on these numbers.
      </p>
      {derivations.map((derivation) => (
        <Equation key={derivation.chain.left.id} derivation={derivation} />
      ))}
    </section>
  );
}

function Equation({ derivation }: { derivation: Derivation }): JSX.Element {
  const node = subjectOf(sweep.value, derivation);
  const reached = node !== undefined && progress.value.bars.has(node);
  return (
    <article class={reached ? "equation" : "equation waiting"}>
      <Claim derivation={derivation} />
      {reached ? (
        <Unfolding derivation={derivation} />
      ) : (
        <p class="soft">
          The sweep has not come to {node?.bar?.name} yet.{" "}
          <button
            type="button"
            class="small"
            onClick={() =>
              goTo(
                sweep.value.steps.findIndex(
                  (step) => step.kind === "backward" && step.node === node,
                ) + 1,
              )
            }
          >
            Go there
          </button>
        </p>
      )}
    </article>
  );
}

/** What the book says, with the book's name for it. */
export function Claim({ derivation }: { derivation: Derivation }): JSX.Element {
  const { equation, layer, chain } = derivation;
  return (
    <h3>
      <span class="tag" style={{ background: FILLS[equation] }}>
        {equation}
      </span>
      {chain.left.name} = {formula(chain.goal)}
      <span class="soft">{subject.value.kind === "network" ? `, layer ${layer}` : ""}</span>
    </h3>
  );
}

/** A chain of equalities, one after the other as one asks for them. */
export function Unfolding({ derivation }: { derivation: Derivation }): JSX.Element {
  const shown = useSignal(0);
  const { steps, left } = derivation.chain;
  const rest = steps.length - shown.value;
  return (
    <>
      <ol aria-live="polite">
        {steps.slice(0, shown.value).map((step, k) => (
          <li key={k} class={k === shown.value - 1 ? "newest" : ""}>
            <span class="left">{k === 0 ? left.name : ""}</span>
            <span class="formula">= {formula(step.expression)}</span>
            <Why step={step} />
          </li>
        ))}
      </ol>
      <p>
        {rest > 0 ? (
          <>
            <button type="button" class="small" onClick={() => shown.value++}>
              {shown.value === 0 ? "Derive it" : "Next equality"}
            </button>{" "}
            <button
              type="button"
              class="small"
              onClick={() => {
                shown.value = steps.length;
              }}
            >
              All {steps.length} equalities
            </button>
          </>
        ) : (
          <button
            type="button"
            class="small"
            onClick={() => {
              shown.value = 0;
            }}
          >
            Hide the derivation
          </button>
        )}
      </p>
    </>
  );
}

/** The reason of an equality; a line of the sweep leads to its node in the graph. */
function Why({ step }: { step: Step }): JSX.Element {
  const words = reasonText(step.reason);
  const node = step.line && nodeNamed(sweep.value, step.line.symbol.name);
  return (
    <span class="why">
      <span class={step.holds ? "holds" : "fails"} title="Both sides are equal on these numbers">
        {step.holds ? "✓" : "✗"}
      </span>{" "}
      {node ? (
        <button
          type="button"
          class="link"
          onClick={() => {
            picked.value = node;
          }}
        >
          {words}
        </button>
      ) : (
        words
      )}
    </span>
  );
}
