import { useState } from "react";
import { cut, plain } from "./plain-text.ts";

const step = 20_000;

/** Text from outside, as text: isolated in its direction, and shortened with a way to see more. */
export function ShownText({ text, limit = 1200 }: { text: string; limit?: number }) {
  const [shown, setShown] = useState(limit);
  // A few characters more are shown rather than asked for.
  const left = text.length <= shown * 1.25 ? 0 : text.length - shown;
  return (
    <>
      <bdi className="text">{plain(left > 0 ? cut(text, shown) : text)}</bdi>
      {left > 0 && (
        <>
          {"… "}
          <button type="button" className="link" onClick={() => setShown(shown + step)}>
            Show more ({left.toLocaleString("en-US")} characters)
          </button>
        </>
      )}
    </>
  );
}
