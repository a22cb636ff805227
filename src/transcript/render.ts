import type { Rendering, Transcript } from "#contracts";
import { regionsOf } from "./regions.ts";

/** What one author wrote without a pause of the other's, byte for byte. */
type RenderedTurn = { author: "model" | "environment"; text: string };

/**
 * A transcript as a model is given it: as one text of its own turn (same-turn), or as turns of the model and of the environment,
 * which is the user there (new-turn). The policy sends nothing else, and training exports nothing else, so the bytes are the
 * same; joined, the turns are the transcript's text. What the environment wrote is a whole turn or, in one text, the
 * transcript's spans.
 */
export function renderForModel(transcript: Transcript, rendering: Rendering): RenderedTurn[] {
  const { text } = transcript;
  if (rendering === "same-turn") return text === "" ? [] : [{ author: "model", text }];
  const turns: RenderedTurn[] = [];
  for (const { origin, start, end } of regionsOf(transcript)) {
    const last = turns.at(-1);
    const piece = text.slice(start, end);
    if (last?.author === origin) last.text += piece;
    else turns.push({ author: origin, text: piece });
  }
  return turns;
}
