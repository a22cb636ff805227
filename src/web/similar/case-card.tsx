import type { CaseHit } from "#contracts";
import { caseImageAddress } from "../api.ts";
import { isUnlike, shortScore } from "../evidence/case-score.ts";
import { firstLabel } from "../evidence/first-label.ts";
import { shorten } from "../plain-text.ts";
import { presentLabels, sayOrigin } from "./case-words.ts";

const moreLabels = 3;

/** A similar case: picture, labels with the shared ones marked, score, where it is from. */
export function CaseCard(props: {
  hit: CaseHit;
  /** The label that it is shown for; it comes first. */
  label?: string | null;
  onOpen: (id: string) => void;
}) {
  const { hit, label = null, onOpen } = props;
  const { case: found, score, sharedLabels = [], alike = 0 } = hit;
  const [first, ...more] = presentLabels(found, { shared: sharedLabels, first: label });
  return (
    <button type="button" className="card" data-case={found.id} onClick={() => onOpen(found.id)}>
      <img src={caseImageAddress(found, "thumbnail")} alt="" />
      <span className="card-line">
        <bdi className="card-label" data-shared={first?.isShared ?? false}>
          {first ? shorten(first.name, 60) : firstLabel(found)}
        </bdi>
        <span className="number" data-unlike={isUnlike(hit)}>
          {shortScore(score)}
        </span>
      </span>
      {more.length > 0 && (
        <span className="card-more">
          {more.slice(0, moreLabels).map(({ name, isShared }, index) => (
            <span key={name}>
              <bdi data-shared={isShared}>{shorten(name, 40)}</bdi>
              {index < Math.min(more.length, moreLabels) - 1 && ", "}
            </span>
          ))}
          {more.length > moreLabels && ` and ${more.length - moreLabels} more`}
        </span>
      )}
      <bdi className="card-origin">{sayOrigin(found)}</bdi>
      {isUnlike(hit) && <span className="card-origin">hardly like the image</span>}
      {alike > 0 && <span className="card-origin">{alike} alike hidden</span>}
    </button>
  );
}
