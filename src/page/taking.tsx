/** Taking files: chosen, dropped onto the room, or pasted. */
import type { ReadonlySignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { notice } from "./at-hand.js";
import "./taking.css";

/** All that is within takes files. */
export function Taking(props: {
  readonly take: (files: readonly File[]) => void;
  readonly class: string;
  /** Whether what is within is about to change. */
  readonly busy?: ReadonlySignal<boolean>;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { take } = props;
  useLayoutEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      take(files);
    };
    // What is dropped beside the room would leave the page for the file.
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      take(files);
    };
    document.addEventListener("paste", paste);
    document.addEventListener("dragover", over);
    document.addEventListener("drop", drop);
    return () => {
      document.removeEventListener("paste", paste);
      document.removeEventListener("dragover", over);
      document.removeEventListener("drop", drop);
    };
  }, [take]);
  return (
    <div class={props.class} aria-busy={props.busy}>
      {props.children}
    </div>
  );
}

/** A button that lets one choose a file, or several. */
export function Choose(props: {
  readonly accept?: string;
  readonly multiple?: boolean;
  readonly disabled?: boolean;
  readonly take: (files: readonly File[]) => void;
  readonly class?: string;
  /** What the button says. */
  readonly children: string;
}): JSX.Element {
  const { accept, multiple, disabled, take, children } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class={props.class}
        disabled={disabled}
        onClick={() => input.current?.click()}
      >
        {children}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={children}
        accept={accept}
        multiple={multiple}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          // The same file may be chosen again.
          currentTarget.value = "";
          if (files.length > 0) take(files);
        }}
      />
    </>
  );
}

/** What was wrong with what one has just done. */
export function Notice(): JSX.Element {
  return (
    <p class="warning" role="alert">
      {notice}
    </p>
  );
}
