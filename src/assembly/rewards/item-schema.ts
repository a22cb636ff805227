import { z } from "zod";
import { grammars } from "#transcript";

/** A number as trainers write it: JSON has no NaN and no infinity, so that they come as null or as words. */
const measured = z.union([z.number(), z.string(), z.null()]);
const texts = z.array(z.string());
const logProbabilities = z.union([
  z.array(z.object({ token: z.string(), logprob: measured })),
  z.record(z.string(), measured),
]);

const messageSchema = z.object({
  role: z.string(),
  content: z.union([z.string(), z.array(z.object({ text: z.string().nullish() }))]).nullish(),
  tool_calls: z
    .array(
      z.object({
        function: z.object({
          name: z.string().nullish(),
          arguments: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish(),
        }),
      }),
    )
    .nullish(),
});

const documentSchema = z.union([
  z.string(),
  z.object({ id: z.string().nullish(), title: z.string().nullish(), text: z.string().nullish() }),
]);

export const itemGrammarSchema = z.enum(grammars.map(({ name }) => name));

/** One completion to be scored, as a trainer sends it or a line of a file has it. Fields that it does not name are ignored. */
export const itemSchema = z.object({
  id: z.union([z.string(), z.number()]),
  question: z.string().nullish(),
  options: z
    .union([
      z.array(z.union([z.string(), z.object({ label: z.string(), text: z.string() })])),
      z.record(z.string(), z.string()),
    ])
    .nullish(),
  gold: z
    .union([
      z.string(),
      texts,
      z.object({
        letter: z.string().nullish(),
        text: z.string().nullish(),
        aliases: texts.nullish(),
        entities: texts.nullish(),
        sources: texts.nullish(),
        /** As verl's ground truth has it: the letter or the text, and other names. */
        target: texts.nullish(),
      }),
    ])
    .nullish(),
  // What is right as columns of a data set, for trainers that hand on columns.
  gold_letter: z.string().nullish(),
  gold_text: z.string().nullish(),
  gold_aliases: texts.nullish(),
  gold_entities: texts.nullish(),
  gold_sources: texts.nullish(),
  solution: z.string().nullish(),
  completion: z.union([z.string(), z.array(messageSchema)]).nullish(),
  messages: z.array(messageSchema).nullish(),
  spans: z.array(z.object({ kind: z.string(), start: z.number(), end: z.number() })).nullish(),
  /** An entry for each search: its documents, or one text. */
  retrieved: z
    .array(
      z.union([
        z.string(),
        z.array(documentSchema),
        z.object({ query: z.string().nullish(), documents: z.array(documentSchema) }),
      ]),
    )
    .nullish(),
  images: z.union([z.array(z.unknown()), z.int().nonnegative()]).nullish(),
  logprobs: z.object({ begin: logProbabilities.nullish(), end: logProbabilities.nullish() }).nullish(),
  image_similarity: z.array(measured).nullish(),
  answer_similarity: z.union([z.number(), z.string()]).nullish(),
  claim_support: z.array(z.object({ claim: z.string(), support: measured })).nullish(),
  ratings: z.record(z.string(), measured).nullish(),
  grammar: itemGrammarSchema.nullish(),
  meta: z.unknown().optional(),
});

export type Item = z.infer<typeof itemSchema>;
export type ItemMessage = z.infer<typeof messageSchema>;
