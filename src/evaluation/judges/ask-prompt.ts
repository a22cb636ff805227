import { z } from "zod";
import { MedRoundsError } from "#contracts";
import type { JudgedImage, JudgeModel } from "./judge-model.ts";
import { type JudgedFields, type JudgePrompt, judgedFields } from "./judge-prompt.ts";

export type AskedJudge = { model: JudgeModel; seed: number; signal?: AbortSignal | undefined };
/** Why a judge gave nothing. */
export type Missing = { missing: string };

const tries = 2;

/**
 * Asks a judge and checks the reply; one that does not fit is asked for once more, with another seed. What still does not fit, or cannot be
 * had, is missing with the reason: never a verdict. Rejects with the signal's reason alone.
 */
export async function askPrompt<Reply>(
  request: AskedJudge & {
    prompt: JudgePrompt;
    fields: JudgedFields;
    /** The sample's; shown where the prompt says so and the model takes images. */
    images?: readonly Pick<JudgedImage, "sha256">[] | undefined;
    reply: z.ZodType<Reply>;
    /** What the model is asked to keep to, where that says more than `reply`. */
    menu?: z.ZodType;
  },
): Promise<Reply | Missing> {
  const { model, prompt, fields, images = [], reply, menu = reply, seed, signal } = request;
  const { pixels = null } = model.images ?? {};
  const shown = prompt.images && model.images ? images.map(({ sha256 }) => ({ sha256, pixels })) : [];
  const text = showFields(prompt, fields);
  const schema = z.toJSONSchema(menu, { io: "input" });
  for (let attempt = 0; attempt < tries; attempt++) {
    try {
      const given = await model.ask({
        ...{ system: prompt.system, text, schema },
        ...(shown.length > 0 ? { images: shown } : {}),
        seed: seed + attempt * 1_000_003,
        ...(signal ? { signal } : {}),
      });
      const { success, data } = reply.safeParse(given);
      if (success) return data;
    } catch (error) {
      signal?.throwIfAborted();
      if (!MedRoundsError.is(error)) throw error;
      return { missing: `The judge failed: ${error.code}.` };
    }
  }
  return { missing: "The judge's reply does not fit its schema." };
}

export function isMissing(value: object): value is Missing {
  return "missing" in value;
}

/** What is judged stands in tags of its own, which it cannot close. */
function showFields({ reads }: JudgePrompt, fields: JudgedFields): string {
  const closing = new RegExp(`</?(?:${judgedFields.join("|")})>`, "gi");
  return reads
    .map((field) => `<${field}>\n${(fields[field] ?? "").replace(closing, "")}\n</${field}>`)
    .join("\n\n");
}
