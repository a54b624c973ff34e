/** The command that does the same run, and the digest by which one sees that it does. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import * as client from "../training/client.js";
import { command } from "./state.js";

export function CommandLine(): JSX.Element {
  const text = command.value;
  const { ended } = client.view.value;
  const sha256 = ended?.reason === "finished" ? ended.weightsSha256 : undefined;
  return (
    <section class="command" aria-label="The same run by the command">
      <div class="command-line">
        <code>
          {text === undefined
            ? "…"
            : // A line ends between two words, and never within a flag.
              text
                .split(" ")
                .flatMap((word, k) => [k > 0 && " ", <span key={`${k}`}>{word}</span>])}
        </code>
        <Copy text={text} />
      </div>
      <p class="soft small digest">
        {sha256 === undefined ? (
          text && "This command does the same run, to the last bit."
        ) : (
          <>
            Its weights have the SHA-256 <code>{sha256}</code>: the command prints its first 16
            digits.
          </>
        )}
      </p>
    </section>
  );
}

function Copy({ text }: { readonly text: string | undefined }): JSX.Element {
  const said = useSignal("Copy");
  const onClick = async () => {
    try {
      await navigator.clipboard.writeText(text as string);
      said.value = "Copied";
    } catch {
      said.value = "Select it to copy";
    }
    setTimeout(() => {
      said.value = "Copy";
    }, 2000);
  };
  return (
    <button type="button" disabled={text === undefined} onClick={() => void onClick()}>
      <span aria-live="polite">{said}</span>
    </button>
  );
}
