import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { Box, CaseHit } from "#contracts";
import { Trouble } from "../round/trouble.tsx";
import { closeSimilarCase, openSimilarCase } from "../use-address.ts";
import { CompareFacts } from "./compare-facts.tsx";
import { act, atFirst, type CompareAction, compareKeys } from "./compare-state.ts";
import { CompareActions, CompareView } from "./compare-view.tsx";
import type { QueryImage } from "./similar-query.ts";
import { neighborsOf } from "./similar-result.ts";
import { useCase, useComparison } from "./use-comparison.ts";

/** One case beside the image that is asked about; the others of the search are a key away. */
export function ComparePage(props: {
  image: QueryImage;
  /** The part of the image that was searched with; null for all of it. */
  box: Box | null;
  caseId: string;
  hits: readonly CaseHit[];
  onMoreLike: (hit: CaseHit["case"]) => void;
}) {
  const { image, box, caseId, hits, onMoreLike } = props;
  const hit = hits.find((one) => one.case.id === caseId);
  const { found, failure } = useCase(caseId, hit?.case);
  const { comparison } = useComparison(image, caseId);
  const [state, setState] = useState(atFirst);
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  const { before, after } = neighborsOf(hits, caseId);
  const place = hits.findIndex((one) => one.case.id === caseId) + 1;
  const perform = (action: CompareAction) => setState((now) => act(now, action));
  const go = (id: string | undefined) => id !== undefined && openSimilarCase(id);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = compareKeys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (event.key === "n") go(after);
    else if (event.key === "p") go(before);
    else if (action) perform(action);
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  return (
    <div className="compare">
      <div className="compare-bar">
        <button ref={back} type="button" className="quiet" onClick={closeSimilarCase}>
          All similar cases
        </button>
        {hits.length > 1 && (
          <div className="compare-steps">
            <button
              type="button"
              className="quiet"
              aria-disabled={before === undefined}
              onClick={() => go(before)}
            >
              Previous <kbd>P</kbd>
            </button>
            <span className="number">
              {place > 0 ? place : "–"} of {hits.length}
            </span>
            <button
              type="button"
              className="quiet"
              aria-disabled={after === undefined}
              onClick={() => go(after)}
            >
              Next <kbd>N</kbd>
            </button>
          </div>
        )}
        <CompareActions state={state} hasMatches={comparison !== null} onAction={perform} />
        {found && (
          <button type="button" className="plain" onClick={() => onMoreLike(found)}>
            More like this
          </button>
        )}
      </div>
      {failure && (
        <Trouble
          failure={failure}
          tone="failure"
          title="This case cannot be shown"
          action="All similar cases"
          onAction={closeSimilarCase}
        />
      )}
      {found && (
        <>
          <CompareView
            image={image}
            box={box}
            found={found}
            comparison={comparison}
            state={state}
            onView={(change) => setState((now) => ({ ...now, view: change(now.view) }))}
          />
          <CompareFacts found={found} hit={hit} comparison={comparison} />
        </>
      )}
    </div>
  );
}
