import { useState } from "react";
import type { Citation, PassageEvidence } from "#contracts";
import { shorten } from "../plain-text.ts";
import { type AppendOnly, toArray } from "../round/append-only.ts";
import { MarkedPassage } from "./marked-passage.tsx";
import { excerptAround, type Span } from "./marked-text.ts";

const shownAtFirst = 6;

/** The passages: those that the answer cites with their cited words marked, the others by name. */
export function EvidenceList(props: {
  passages: AppendOnly<PassageEvidence>;
  citations: readonly Citation[];
  onOpen: (number: number) => void;
}) {
  const { passages, citations, onOpen } = props;
  const all = toArray(passages);
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
            <CitedPassage item={item} spans={spansOf(item, citations)} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {others.length > 0 && <OtherPassages items={others} afterCited={cited.length > 0} onOpen={onOpen} />}
    </section>
  );
}

/** What the answer cites of a passage: offsets into its text. */
export function spansOf({ number }: PassageEvidence, citations: readonly Citation[]): Span[] {
  return citations
    .flatMap(({ evidence, start, end }) =>
      evidence === number && start !== null && end !== null ? [{ start, end }] : [],
    )
    .sort((one, other) => one.start - other.start);
}

/** A passage's name: its last heading, which is the most exact, else its title. */
export function namePassage({ passage }: PassageEvidence): string {
  return shorten(passage.headings.at(-1) ?? passage.title, 120);
}

function CitedPassage(props: {
  item: PassageEvidence;
  spans: readonly Span[];
  onOpen: (number: number) => void;
}) {
  const { item, spans, onOpen } = props;
  const { text, title, source, corpus } = item.passage;
  const name = namePassage(item);
  return (
    <article className="passage">
      <h3>
        <button type="button" className="passage-name" onClick={() => onOpen(item.number)}>
          <span className="number">{item.number}</span> <bdi>{name}</bdi>
        </button>
      </h3>
      <p>
        <MarkedPassage text={text} spans={spans} {...excerptAround(text, spans, 80)} limit={900} />
      </p>
      <p className="passage-source">
        <bdi>{shorten(name === title ? corpus : title, 80)}</bdi> · <bdi>{shorten(source.file, 80)}</bdi>
        {source.document !== source.file && (
          <>
            , document <bdi>{shorten(source.document, 80)}</bdi>
          </>
        )}
        , characters {source.start}–{source.end} · found by <bdi>“{shorten(item.query, 60)}”</bdi>
      </p>
    </article>
  );
}

function OtherPassages(props: {
  items: readonly PassageEvidence[];
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
              <span className="number">{item.number}</span> <bdi>{namePassage(item)}</bdi>
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
