import { type Case, type CaseHit, type Comparison, namePlace } from "#contracts";
import { fullScore, isUnlike } from "../evidence/case-score.ts";
import { Facts } from "../evidence/facts.tsx";
import { shorten } from "../plain-text.ts";
import { ShownText } from "../shown-text.tsx";
import { sayOrigin } from "./case-words.ts";

/** Why a case is similar, in words, and what is known of it. */
export function CompareFacts(props: {
  found: Case;
  hit: CaseHit | undefined;
  comparison: Comparison | null;
}) {
  const { found, hit, comparison } = props;
  const { labels, text, source, licence, notes, id } = found;
  const shared = hit?.sharedLabels ?? [];
  return (
    <div className="compare-facts">
      <section aria-labelledby="why-title">
        <h3 id="why-title" className="label">
          Why similar
        </h3>
        <ul className="labels">
          {labels.slice(0, 40).map(({ name, status }) => (
            <li key={`${status} ${name}`} data-status={status} data-shared={shared.includes(name)}>
              <bdi>{shorten(name, 80)}</bdi>
              {status !== "present" && <span className="label-status"> {status}</span>}
              {shared.includes(name) && <span className="label-status"> in most of these cases</span>}
            </li>
          ))}
        </ul>
        {comparison && <Matches pairs={comparison.pairs} />}
      </section>
      <section aria-label="About the case">
        {text !== "" && (
          <p className="panel-text">
            <ShownText text={text} limit={400} />
          </p>
        )}
        <Facts
          facts={[
            ["Score", hit && `${fullScore(hit.score)}, as this library compares its cases`],
            ["Likeness", hit && sayLikeness(hit)],
            ["Case", id],
            ["Library part", sayOrigin(found)],
            ["Source", source],
            ["License", licence],
            ["Notes", notes.join("; ") || undefined],
          ]}
        />
      </section>
    </div>
  );
}

/** As “0.953, of the images as they are”. */
function sayLikeness(hit: CaseHit): string | undefined {
  if (hit.likeness === undefined) return undefined;
  return `${fullScore(hit.likeness)}, of the images as they are${isUnlike(hit) ? ": hardly alike" : ""}`;
}

function Matches({ pairs }: Pick<Comparison, "pairs">) {
  if (pairs.length === 0) return <p className="remark">No region of one stands out in the other.</p>;
  return (
    <>
      <ol className="matches">
        {pairs.map(({ from, to, similarity }, index) => {
          const [one, other] = [namePlace(from), namePlace(to)];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a match is its number.
            <li key={index}>
              <span className="number">{index + 1}</span>
              {one === other ? `${one} in both` : `${one}, like ${other} of the case`}
              <span className="number">{similarity.toFixed(2)}</span>
            </li>
          );
        })}
      </ol>
      <p className="remark">
        These look alike, which need not be what matters. Left and right are those of the picture, not of the
        patient.
      </p>
    </>
  );
}
