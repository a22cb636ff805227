import { MedRoundsError, type RoundEvent } from "#contracts";
import { reportFailure } from "../exit.ts";
import { renderRound } from "../render/round.ts";
import { createRoundTeller } from "../render/steps.ts";
import type { CommandContext } from "./context.ts";

type Form = "words" | "events" | "json";

/** How a round is wished to be shown. Throws `usage-invalid` where two ways are. */
export function chooseForm({
  json,
  events,
}: {
  json?: boolean | undefined;
  events?: boolean | undefined;
}): Form {
  if (json && events) {
    throw new MedRoundsError("usage-invalid", "--json and --events exclude each other.");
  }
  return json ? "json" : events ? "events" : "words";
}

/** Shows a round as it was wished: step by step for people, an event a line, or one JSON document at the end. */
export async function tellRound(
  events: AsyncIterable<RoundEvent>,
  { context, as }: { context: CommandContext; as: Form },
): Promise<void> {
  const { terminal, printJson, exit } = context;
  const { roundFromEvents } = await import("#assembly");
  const tell = createRoundTeller(terminal);
  const seen: RoundEvent[] = [];
  for await (const event of events) {
    seen.push(event);
    if (as === "words") tell(event);
    if (as === "events") printJson(event);
  }
  const round = roundFromEvents(seen);
  if (as === "json") printJson(round);
  if (as === "words") for (const line of renderRound(round, terminal)) terminal.write(line);
  const ending = seen.findLast((event) => event.type === "failure" && event.step === null);
  if (ending?.type === "failure") reportFailure(ending.failure);
  if (round.outcome === "interrupted") exit(130);
  if (round.outcome === "failed") exit(1);
}
