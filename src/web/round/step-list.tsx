import { memo, useState } from "react";
import { nameEvidence } from "../evidence/evidence-name.ts";
import { shorten } from "../plain-text.ts";
import { ShownText } from "../shown-text.tsx";
import { toArray } from "./append-only.ts";
import type { RoundView } from "./round-view.ts";
import { type StepLine, tellPending } from "./step-line.ts";
import { useFollowEnd } from "./use-follow-end.ts";

const evidenceShown = 12;

/** From this length on, lines out of sight are not laid out. */
const longList = 100;

/** What was done, one line each with its time; a line opens on what was thought and found. */
export function StepList({ view, onOpen }: { view: RoundView; onOpen: (number: number) => void }) {
  const { lines, pending, thought, outcome } = view;
  const region = useFollowEnd(view.last, outcome === null);
  return (
    <section className="steps" aria-labelledby="steps-title" ref={region}>
      <h2 id="steps-title" className="label">
        Steps
      </h2>
      <ol data-long={lines.length > longList}>
        {toArray(lines).map((line) => (
          <StepItem key={line.id} line={line} onOpen={onOpen} />
        ))}
        {pending.map(({ step, call, tool, query }) => (
          <li key={`${step} ${call}`} className="step pending" data-tone="quiet">
            <span className="step-title">{tellPending(tool)}</span>
            {tool !== "find_similar_cases" && <bdi className="query">{shorten(query, 120)}</bdi>}
          </li>
        ))}
        {outcome === null && pending.length === 0 && (
          <li className="step pending" data-tone="quiet">
            <span className="step-title">{thought.length > 0 ? "Thinking" : "Working"}</span>
          </li>
        )}
      </ol>
    </section>
  );
}

const StepItem = memo(function StepItem({
  line,
  onOpen,
}: {
  line: StepLine;
  onOpen: (number: number) => void;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const hasMore = line.thought !== null || line.more.length > 0 || line.evidence.length > 0;
  const told = (
    <>
      <span className="step-title">{line.title}</span>
      <span className="step-time">{(line.at / 1000).toFixed(line.at < 10_000 ? 2 : 1)} s</span>
      {line.query !== null && <bdi className="query">{shorten(line.query, 120)}</bdi>}
      {line.detail !== "" && <bdi className="step-detail">{line.detail}</bdi>}
    </>
  );
  return (
    <li className="step" data-tone={line.tone}>
      {hasMore ? (
        <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
          <summary>{told}</summary>
          {isOpen && <StepDetails line={line} onOpen={onOpen} />}
        </details>
      ) : (
        <div className="step-told">{told}</div>
      )}
    </li>
  );
});

function StepDetails({ line, onOpen }: { line: StepLine; onOpen: (number: number) => void }) {
  const { thought, more, evidence } = line;
  return (
    <div className="step-more">
      {thought && (
        <p className="thought">
          <ShownText text={toArray(thought).join("")} />
        </p>
      )}
      {more.map((sentence) => (
        <p key={sentence}>
          <ShownText text={sentence} limit={400} />
        </p>
      ))}
      <ul>
        {evidence.slice(0, evidenceShown).map((item) => (
          <li key={item.number}>
            <button type="button" className="passage-name" onClick={() => onOpen(item.number)}>
              <span className="number">{item.number}</span> <bdi>{nameEvidence(item)}</bdi>
            </button>
          </li>
        ))}
        {evidence.length > evidenceShown && <li>and {evidence.length - evidenceShown} more</li>}
      </ul>
    </div>
  );
}
