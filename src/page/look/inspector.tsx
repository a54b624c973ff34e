/** One test image: what the network answers, x̄, and the ways into other rooms. */
import type { JSX } from "preact";
import { greyImage, signedImage } from "../../charts/index.js";
import { pixelsOf } from "../../data/dataset.js";
import type { answering } from "../../report/answering.js";
import { testDigit } from "../dataset.js";
import { digit } from "../network.js";
import { go } from "../place.js";
import type { TestedHere } from "./tested.js";

export function Inspector(props: {
  readonly tested: TestedHere;
  readonly answer: ReturnType<typeof answering>;
  readonly index: number;
}): JSX.Element {
  const { tested, answer, index } = props;
  const { dataset: data } = tested;
  const { test } = data;
  const { classes } = tested.network;
  const pixels = pixelsOf(test, index);
  const label = test.labels[index]!;
  const { outputs, predicted, gradient } = answer(pixels);
  const enter = (room: string) => {
    digit.value = testDigit(data, index);
    go(room);
  };
  const isRight = predicted === label;
  return (
    <div class="inspector">
      <p>
        Test image {index}: {classes[label]},{" "}
        {isRight ? "read correctly" : `taken for ${classes[predicted]}`}.
      </p>
      <div class="pictures">
        <figure>
          <div dangerouslySetInnerHTML={{ __html: greyImage(pixels, test) }} />
          <figcaption>what it sees</figcaption>
        </figure>
        <figure>
          <div dangerouslySetInnerHTML={{ __html: signedImage(gradient, test) }} />
          <figcaption>x̄ for {classes[predicted]}</figcaption>
        </figure>
      </div>
      <table class="answers" aria-label="the output for each class">
        <tbody>
          {classes.map((each, k) => (
            <tr key={each} class={k === predicted ? "won" : ""}>
              <th scope="row">{each}</th>
              <td class="track">
                <span
                  class="bar"
                  style={{ width: `${100 * Math.min(1, Math.max(0, outputs[k]!))}%` }}
                />
              </td>
              <td>{outputs[k]!.toFixed(3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="soft">
        More ink raises the output for {classes[predicted]} where x̄ is{" "}
        <span class="positive-ink">orange</span>, and lowers it where x̄ is{" "}
        <span class="negative-ink">blue</span>.
      </p>
      <div class="tools">
        <button type="button" onClick={() => enter("draw")}>
          Open in Draw
        </button>
        <button type="button" onClick={() => enter("step")}>
          Open in The reverse sweep
        </button>
      </div>
    </div>
  );
}
