import { z } from "zod";
import type { AnsweredSample, Measured } from "../answers/answer.ts";
import { type AskedJudge, askPrompt, isMissing } from "./ask-prompt.ts";
import { fieldsFor } from "./fields-of.ts";
import type { JudgeMethod } from "./judge-method.ts";
import type { JudgedFields, JudgePrompt } from "./judge-prompt.ts";

const reply = z.object({ verdict: z.union([z.string(), z.number()]).transform(String) });

/** A judge that says one verdict of a menu. */
export function createRating(prompt: JudgePrompt): JudgeMethod {
  const { name, title, hash } = prompt;
  return {
    ...{ name, title, hash },
    async measure(answered, asked) {
      const fields = fieldsFor(answered, prompt);
      return fields && (await rate(prompt, { fields, images: answered.sample.images, ...asked }));
    },
  };
}

/** What the verdict counts. One that is not on the menu is missing: unscored, not wrong. */
export async function rate(
  prompt: JudgePrompt,
  {
    fields,
    images,
    ...asked
  }: AskedJudge & { fields: JudgedFields; images?: AnsweredSample["sample"]["images"] },
): Promise<Measured> {
  const { verdicts = {} } = prompt;
  const menu = z.object({ reason: z.string(), verdict: z.enum(Object.keys(verdicts)) });
  const given = await askPrompt({ ...asked, prompt, fields, images, reply, menu });
  if (isMissing(given)) return given;
  const said = given.verdict.trim().toLowerCase();
  const found = Object.entries(verdicts).find(([verdict]) => verdict.toLowerCase() === said);
  return found ? found[1] : { missing: "The judge's verdict is none of its menu." };
}
