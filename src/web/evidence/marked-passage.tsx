import { useState } from "react";
import { type MarkedPart, markSpans, type Span } from "./marked-text.ts";

const step = 20_000;

/** A passage's text from `start` to `end`, its cited spans marked. */
export function MarkedPassage(props: {
  text: string;
  spans: readonly Span[];
  start?: number;
  end?: number;
  limit: number;
  /** Whether more than `limit` characters may be asked for. */
  canGrow?: boolean;
}) {
  const { text, spans, start = 0, end = text.length, canGrow = false } = props;
  const [limit, setLimit] = useState(props.limit);
  const left = end - start - limit;
  return (
    <bdi className="text">
      {start > 0 && "… "}
      {withPlaces(markSpans(text, { spans, start, end, limit })).map(({ place, part }) =>
        part.marked ? <mark key={place}>{part.text}</mark> : <span key={place}>{part.text}</span>,
      )}
      {(end < text.length || left > 0) && " …"}
      {canGrow && left > 0 && (
        <button type="button" className="link" onClick={() => setLimit(limit + step)}>
          Show more ({left.toLocaleString("en-US")} characters)
        </button>
      )}
    </bdi>
  );
}

function withPlaces(parts: readonly MarkedPart[]): { place: number; part: MarkedPart }[] {
  let place = 0;
  return parts.map((part) => {
    const placed = { place, part };
    place += part.text.length;
    return placed;
  });
}
