import { type Evidence, medicalNotice, type Round, type RoundEvent } from "#contracts";

/** A finished round as one document. The events are all it needs. Throws a RangeError without `round-start` and `round-end`. */
export function roundFromEvents(events: readonly RoundEvent[]): Round {
  const start = events.find((event) => event.type === "round-start");
  const end = events.find((event) => event.type === "round-end");
  if (!start || !end) throw new RangeError("A round begins with round-start and ends with round-end.");
  const evidence = new Map<number, Evidence>();
  for (const event of events) {
    if (!("evidence" in event)) continue;
    for (const item of event.evidence) if (!evidence.has(item.number)) evidence.set(item.number, item);
  }
  const answer = events.find((event) => event.type === "answer-final")?.answer;
  const firstFound = events.find((event) => "evidence" in event && event.evidence.length > 0);
  return {
    id: start.roundId,
    question: start.question.text,
    outcome: end.outcome,
    answer: answer?.text ?? "",
    choice: answer?.choice ?? null,
    confidence: answer?.confidence ?? null,
    abstained: answer?.abstained ?? true,
    differential: answer?.differential ?? [],
    citations: answer?.citations ?? [],
    ...(answer?.grounding ? { grounding: answer.grounding } : {}),
    evidence: [...evidence.values()].sort((a, b) => a.number - b.number),
    failures: events.flatMap((event) => (event.type === "failure" ? [event.failure] : [])),
    transcript: end.transcript,
    events: [...events],
    timings: {
      total: end.at,
      firstEvidence: firstFound?.at ?? null,
      steps: events.flatMap((event) => (event.type === "step-end" ? [event.milliseconds] : [])),
    },
    model: start.model,
    seed: start.seed,
    configurationHash: start.configurationHash,
    notice: medicalNotice,
  };
}
