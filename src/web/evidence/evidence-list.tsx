import { useState } from "react";
import type { Citation, TextEvidence } from "#contracts";
import { type AppendOnly, toArray } from "../round/append-only.ts";
import { CitedEvidence } from "./cited-evidence.tsx";
import { spansOf } from "./cited-spans.ts";
import { nameEvidence } from "./evidence-name.ts";

const shownAtFirst = 6;

/** Passages, web pages and rows: those that the answer cites with their cited words marked, the others by name. */
export function EvidenceList(props: {
  texts: AppendOnly<TextEvidence>;
  citations: readonly Citation[];
  onOpen: (number: number) => void;
}) {
  const { texts, citations, onOpen } = props;
  const all = toArray(texts);
  const cited = all.filter(({ number }) => citations.some(({ evidence }) => evidence === number));
  const others = all.filter((item) => !cited.includes(item));
  if (all.length === 0) return null;
  return (
    <section className="evidence" aria-labelledby="evidence-title">
      <h2 id="evidence-title" className="label">
        Evidence
      </h2>
      <ul className="evidence-cited">
        {cited.map((item) => (
          <li key={item.number}>
            <CitedEvidence item={item} spans={spansOf(item, citations)} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {others.length > 0 && <OtherTexts items={others} afterCited={cited.length > 0} onOpen={onOpen} />}
    </section>
  );
}

function OtherTexts(props: {
  items: readonly TextEvidence[];
  afterCited: boolean;
  onOpen: (number: number) => void;
}) {
  const { items, afterCited, onOpen } = props;
  const [shown, setShown] = useState(shownAtFirst);
  return (
    <>
      {afterCited && <p className="remark">Also retrieved, not cited</p>}
      <ul className="evidence-others">
        {items.slice(0, shown).map((item) => (
          <li key={item.number}>
            <button type="button" className="passage-name" onClick={() => onOpen(item.number)}>
              <span className="number">{item.number}</span> <bdi>{nameEvidence(item)}</bdi>
            </button>
          </li>
        ))}
      </ul>
      {items.length > shown && (
        <button type="button" className="link" onClick={() => setShown(shown + 50)}>
          Show {Math.min(50, items.length - shown)} more of {items.length.toLocaleString("en-US")}
        </button>
      )}
    </>
  );
}
