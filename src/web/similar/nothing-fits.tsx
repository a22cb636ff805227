import { shorten } from "../plain-text.ts";
import { sayValue } from "./case-words.ts";
import { filterNames, filtersOf, type SimilarQuery, withFilter, withoutFilters } from "./similar-query.ts";

/** No case was found: which filter may be the reason, and a way to take it off. */
export function NothingFits({
  query,
  onChange,
}: {
  query: SimilarQuery;
  onChange: (query: SimilarQuery) => void;
}) {
  const filters = filtersOf(query);
  if (filters.length === 0) {
    return <p className="nothing-fits">No case of the library is similar.</p>;
  }
  return (
    <div className="nothing-fits">
      <p>
        No case fits{" "}
        {filters.map(({ field, value }, index) => (
          <span key={field}>
            {index > 0 && (index === filters.length - 1 ? " and " : ", ")}
            {filterNames[field].toLowerCase()} <bdi>“{shorten(sayValue(field, value), 60)}”</bdi>
          </span>
        ))}
        {filters.length > 1 && " together"}.
      </p>
      <p className="nothing-actions">
        {filters.length > 1 &&
          filters.map(({ field }) => (
            <button
              key={field}
              type="button"
              className="quiet"
              onClick={() => onChange(withFilter(query, field, null))}
            >
              Any {filterNames[field].toLowerCase()}
            </button>
          ))}
        <button type="button" className="quiet" onClick={() => onChange(withoutFilters(query))}>
          Clear {filters.length > 1 ? "all filters" : "the filter"}
        </button>
      </p>
    </div>
  );
}
