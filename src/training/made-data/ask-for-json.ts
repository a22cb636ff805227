import { z } from "zod";
import { MedRoundsError } from "#contracts";
import type { JudgeModel } from "#evaluation";
import type { MakingPrompt } from "./making-prompt.ts";

/** Who makes data, and how: what is asked for twice has another seed. */
export type MakingModel = { model: JudgeModel; seed: number; signal?: AbortSignal | undefined };

/** Why a model gave nothing that can be used, as a stable word and a sentence. */
export type NoReply = { reason: string; message: string };

/** Failures of a model that the next item need not meet. */
const ownToAnItem: string[] = [
  "reply-invalid",
  "reply-too-long",
  "model-refused",
  "model-silent",
  "endpoint-busy",
  "endpoint-stalled",
];

const tries = 2;
const notJson: NoReply = {
  reason: "reply-invalid",
  message: "The reply is not the JSON that was asked for.",
};

/**
 * Asks for JSON about `fields`, which are sent as one JSON object, so that nothing in them can end it. A reply that does not fit, or that
 * `check` finds a fault with, is asked for once more, with the fault and another seed. Rejects with the errors of an endpoint that would refuse the next item, too, and the
 * signal's reason.
 */
export async function askForJson<Reply>(
  { model, seed, signal }: MakingModel,
  asked: {
    prompt: MakingPrompt;
    fields: Readonly<Record<string, unknown>>;
    /** SHA-256 of images; shown where the model takes any. */
    images?: readonly string[];
    reply: z.ZodType<Reply>;
    check?: (reply: Reply) => NoReply | null;
  },
): Promise<{ reply: Reply } | NoReply> {
  const { prompt, fields, reply, check } = asked;
  const { pixels = null } = model.images ?? {};
  const images = model.images ? (asked.images ?? []).map((sha256) => ({ sha256, pixels })) : [];
  const subject = JSON.stringify(fields);
  let fault = notJson;
  for (let attempt = 0; attempt < tries; attempt++) {
    try {
      const given = await model.ask({
        ...{
          system: prompt.text,
          text:
            attempt === 0
              ? subject
              : `${subject}\n\nYour last reply could not be used: ${fault.message} Reply anew.`,
          schema: z.toJSONSchema(reply, { io: "input" }),
        },
        ...(images.length > 0 ? { images } : {}),
        seed: seed + attempt * 1_000_003,
        ...(signal ? { signal } : {}),
      });
      const read = reply.safeParse(given);
      const found = read.success ? (check?.(read.data) ?? null) : notJson;
      if (read.success && found === null) return { reply: read.data };
      fault = found ?? notJson;
    } catch (error) {
      signal?.throwIfAborted();
      if (!MedRoundsError.is(error) || !ownToAnItem.includes(error.code)) throw error;
      fault = { reason: error.code, message: error.message };
    }
  }
  return fault;
}
