import { shorten } from "./plain-text.ts";
import { useRound } from "./use-round.ts";
import { roundLink } from "./use-round-address.ts";

/** A question that this round follows up, with the start of its answer; before it, the one that it followed up. */
export function EarlierQuestion({ id, depth = 1 }: { id: string; depth?: number }) {
  const { view } = useRound(id);
  const { question, answer } = view;
  if (!question) return null;
  const { parentRoundId } = question;
  return (
    <>
      {parentRoundId !== undefined && depth < 10 && <EarlierQuestion id={parentRoundId} depth={depth + 1} />}
      <p className="earlier">
        <a href={roundLink(id)}>
          <bdi>{shorten(question.text, 160) || "What do the images show?"}</bdi>
        </a>
        {answer && <bdi> {shorten(answer.text.slice(0, 1000).replace(/\s*\[\d+\]/g, ""), 160)}</bdi>}
      </p>
    </>
  );
}
