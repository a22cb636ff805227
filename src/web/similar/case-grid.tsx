import type { SearchResult } from "#contracts";
import { CaseCard } from "./case-card.tsx";
import { pageOfCases, type SimilarQuery } from "./similar-query.ts";
import { groupsOf } from "./similar-result.ts";

/** The most that are shown, and that the server gives at once. */
const mostCases = 100;

/** The similar cases, best first; where the best of each label were asked for, under its name. */
export function CaseGrid(props: {
  result: SearchResult;
  query: SimilarQuery;
  isSearching: boolean;
  onOpen: (id: string) => void;
  onMore: (top: number) => void;
}) {
  const { result, query, isSearching, onOpen, onMore } = props;
  const groups = groupsOf(result, query).slice(0, mostCases);
  const canGrow = !query.onePerLabel && result.cases.length >= query.top && query.top < mostCases;
  return (
    <div aria-busy={isSearching} className="case-grid-place">
      <ul className="case-grid">
        {groups.flatMap(({ label, hits }) =>
          hits.map((hit) => (
            <li key={`${label} ${hit.case.id}`}>
              <CaseCard hit={hit} label={label} onOpen={onOpen} />
            </li>
          )),
        )}
      </ul>
      {canGrow && (
        <button
          type="button"
          className="quiet"
          onClick={() => onMore(Math.min(mostCases, query.top + pageOfCases))}
        >
          Show more
        </button>
      )}
    </div>
  );
}
