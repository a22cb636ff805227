import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { checkYaml, sayFlaw, sha256 } from "#platform";
import type { SafetyChecklist } from "./safety-checklist.ts";

const pattern = z
  .string()
  .min(1)
  .transform((source, context) => {
    try {
      return new RegExp(source.replace(/\s+/g, " ").trim(), "iu");
    } catch {
      context.addIssue({ code: "custom", message: "this is no regular expression" });
      return z.NEVER;
    }
  });

const schema = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z\d]+(?:-[a-z\d]+)*$/, "an id is words in lower case, joined by hyphens"),
      kind: z.enum(["dangerous-advice", "missing-urgency", "overconfidence"]),
      pattern,
      unless: pattern.nullable().default(null),
      why: z.string().min(1),
      source: z.string().min(1),
    }),
  ),
});

/**
 * A checklist from YAML; recipes/rewards/safety.yaml is ours. `file` is what errors call it. Patterns are regular expressions of
 * JavaScript; line breaks in them are spaces.
 *
 * @throws MedRoundsError `safety-checklist-invalid`
 */
export function readSafetyChecklist(text: string, file: string): SafetyChecklist {
  const checked = checkYaml(text, schema);
  if (!checked.success) throw new MedRoundsError("safety-checklist-invalid", sayFlaw(file, checked.flaw));
  const { items } = checked.value;
  const twice = items.find(({ id }, index) => items.findIndex((one) => one.id === id) < index);
  if (twice) {
    throw new MedRoundsError("safety-checklist-invalid", `${file} has two items of the id ${twice.id}.`);
  }
  const content = items.map((item) => [item.kind, item.pattern.source, item.unless?.source ?? ""].join("\n"));
  return { name: `safety:${sha256(content.join("\n\n")).slice(0, 12)}`, items };
}
