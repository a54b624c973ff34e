/** Test images to choose from. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { greyImage } from "../../charts/index.js";
import { type Images, pixelsOf } from "../../data/dataset.js";

/** As many are shown at once. */
const SHOWN = 40;

export interface Shown {
  readonly index: number;
  /** A short text below the image. */
  readonly text: string;
  /** What it is, for those who do not see it. */
  readonly label: string;
}

export function Digits(props: {
  readonly images: Images;
  readonly shown: readonly Shown[];
  readonly chosen: number | undefined;
  readonly choose: (index: number) => void;
}): JSX.Element {
  const { images, shown, chosen, choose } = props;
  const most = useSignal(SHOWN);
  return (
    <>
      <ul class="digits">
        {shown.slice(0, most.value).map(({ index, text, label }) => (
          <li key={index}>
            <button
              type="button"
              class="digit"
              title={label}
              aria-label={label}
              aria-pressed={index === chosen}
              onClick={() => choose(index)}
            >
              <span
                dangerouslySetInnerHTML={{ __html: greyImage(pixelsOf(images, index), images) }}
              />
              <span class="text">{text}</span>
            </button>
          </li>
        ))}
      </ul>
      {shown.length > most.value && (
        <button
          type="button"
          onClick={() => {
            most.value += SHOWN;
          }}
        >
          Show {Math.min(SHOWN, shown.length - most.value)} more of {shown.length}
        </button>
      )}
    </>
  );
}
