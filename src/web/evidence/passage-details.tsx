import { useEffect, useRef, useState } from "react";
import type { Citation, LibraryEntry, PassageEvidence } from "#contracts";
import { readEntry } from "../api.ts";
import { shorten, webAddress } from "../plain-text.ts";
import { ShownText } from "../shown-text.tsx";
import { spansOf } from "./cited-spans.ts";
import { Facts } from "./facts.tsx";
import { MarkedPassage } from "./marked-passage.tsx";
import { OutsideLink } from "./outside-link.tsx";
import { namePlace } from "./passage-place.ts";

type Neighbors = Pick<Extract<LibraryEntry, { type: "passage" }>, "before" | "after">;

/** A passage whole, between the passages around it, with the cited words marked and where it stands in its source. */
export function PassageDetails({
  item,
  citations,
}: {
  item: PassageEvidence;
  citations: readonly Citation[];
}) {
  const { passage, query, score } = item;
  const { before, after } = useNeighbors(passage.id);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (before) body.current?.querySelector("mark")?.scrollIntoView({ block: "center" });
  }, [before]);
  const { source } = passage;
  const address = webAddress(passage.url);
  const path = [passage.title, ...passage.headings.filter((heading) => heading !== passage.title)];
  return (
    <>
      <p className="panel-path">
        <bdi>{path.map((part) => shorten(part, 100)).join(" › ")}</bdi>
      </p>
      <div ref={body} className="panel-text">
        {before && (
          <p className="neighbor">
            <ShownText text={before.text} limit={600} />
          </p>
        )}
        <p>
          <MarkedPassage text={passage.text} spans={spansOf(item, citations)} limit={8000} canGrow />
        </p>
        {after && (
          <p className="neighbor">
            <ShownText text={after.text} limit={600} />
          </p>
        )}
      </div>
      <Facts
        facts={[
          ["Source", namePlace(source)],
          ["Library part", passage.corpus],
          ["License", passage.licence],
          ["Found by", `“${query}”, score ${score.toFixed(2)}`],
          ["Address", address === null ? passage.url : undefined],
        ]}
      />
      {address && <OutsideLink address={address} />}
    </>
  );
}

function useNeighbors(id: string): Neighbors {
  const [neighbors, setNeighbors] = useState<Neighbors>({ before: null, after: null });
  useEffect(() => {
    let current = true;
    readEntry(id).then((result) => {
      if (current && result.type === "ok" && result.value.type === "passage") setNeighbors(result.value);
    });
    return () => {
      current = false;
    };
  }, [id]);
  return neighbors;
}
