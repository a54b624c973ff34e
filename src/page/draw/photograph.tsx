/** Where the digit on the field is from: the picture that it was read from, beside it. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Ground } from "./ground.js";

export function Photograph({ ground: { title, picture } }: { ground: Ground }): JSX.Element {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (picture === undefined) return setAddress(undefined);
    const made = URL.createObjectURL(picture);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return (
    <figure class="photograph">
      {address !== undefined && <img src={address} alt={title} />}
      <figcaption class="soft">{title}</figcaption>
    </figure>
  );
}
