import { ShownText } from "../shown-text.tsx";

/** Names and values, those that are there. */
export function Facts({ facts }: { facts: readonly (readonly [string, string | undefined])[] }) {
  return (
    <dl className="facts">
      {facts.map(
        ([name, value]) =>
          value !== undefined && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <ShownText text={value} limit={300} />
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}
