import { useEffect, useState } from "react";
import type { Round } from "#contracts";
import { readRound } from "../api.ts";
import { shorten } from "../plain-text.ts";
import { roundLink } from "../use-address.ts";

const deepest = 10;

/** A question that this round follows up, with the start of its answer; before it, the one that it followed up. */
export function EarlierQuestion({ id, depth = 1 }: { id: string; depth?: number }) {
  const round = useEndedRound(id);
  if (!round) return null;
  const start = round.events.find((event) => event.type === "round-start");
  const parent = start?.question.parentRoundId;
  return (
    <>
      {parent !== undefined && depth < deepest && <EarlierQuestion id={parent} depth={depth + 1} />}
      <p className="earlier">
        <a href={roundLink(id)}>
          <bdi>{shorten(round.question, 160) || "What do the images show?"}</bdi>
        </a>
        <bdi> {shorten(round.answer.slice(0, 1000).replace(/\s*\[\d+\]/g, ""), 160)}</bdi>
      </p>
    </>
  );
}

/** Null until it is read, and for a round that has not ended. */
function useEndedRound(id: string): Round | null {
  const [round, setRound] = useState<Round | null>(null);
  useEffect(() => {
    const reading = new AbortController();
    readRound(id, reading.signal).then((result) => {
      if (result.type === "ok" && "answer" in result.value) setRound(result.value);
    });
    return () => reading.abort();
  }, [id]);
  return round;
}
