import { z } from "zod";

/** What stands in the ids of arms, and so in addresses. */
const name = z
  .string()
  .regex(/^[a-z\d][a-z\d-]{0,39}$/, "it must be small letters, digits and hyphens, at most 40");
const text = z.string().min(1).max(1_000);
const count = z.int().min(1);
const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, "it must be a variable's name");
const dollars = z.number().min(0);
const order = z.enum(["random", "fixed"]);
const prompt = text.describe("file with the wording of the prompts; our own where left out").optional();
const options = z
  .enum(["fixed", "random", "rotated"])
  .describe(
    "order in which the options are shown: the data set's, drawn, or turned by a place with each repeat",
  )
  .default("fixed");

const dataSetSchema = z.strictObject({
  name: name.describe("its name in results; that of its folder or file where left out").optional(),
  path: text.describe("file or folder; relative paths start at the suite's folder"),
  format: text.describe("published form of the files; found out where left out").optional(),
  split: text.describe("the part that is asked about, as the data set names it").optional(),
  images: text.describe("folder of the images, where it is not the data set's own").optional(),
  records: text
    .describe("SQLite or DuckDB file that gives the right answers, where the data set holds queries")
    .optional(),
  classField: text
    .describe(
      "field of a manifest that holds the class that is asked about; its class or label where left out",
    )
    .optional(),
  asked: text
    .describe("file of records, as `eval exemplars` writes it; only what it asks about is asked")
    .optional(),
  limit: count.describe("at most so many samples, drawn in proportion to the classes").optional(),
  filter: z
    .record(z.string(), z.union([text, z.array(text).min(1)]))
    .describe("only samples whose tags have these values")
    .optional(),
});

const modelSchema = z
  .strictObject({
    name: name.describe("its name in results; made of the model's name where left out").optional(),
    policy: z
      .enum(["reader", "tags", "tools"])
      .describe("`reader` is built in and needs no model; the others are how a model decides in rounds")
      .optional(),
    endpoint: text.describe("address of the chat model; the settings' where left out").optional(),
    model: text.describe("the chat model's name; the settings' where left out").optional(),
    provider: text
      .describe("`openai-compatible`, `openai`, `google` or `anthropic`; by the address where left out")
      .optional(),
    apiKeyFrom: variable.describe("environment variable that holds the endpoint's key").optional(),
    temperature: z.number().min(0).max(2).describe("of prompts; rounds have their own").default(0),
    logprobs: z
      .boolean("it must be true or false")
      .describe(
        "whether prompts ask for probabilities, where the server has them; found out by a few requests",
      )
      .default(true),
    calibration: text
      .describe("file that corrects the model's confidence, as `eval calibrate` writes it")
      .optional(),
    prices: z
      .strictObject({ inputPerMillion: dollars, outputPerMillion: dollars })
      .describe("dollars for a million tokens")
      .optional(),
  })
  .refine(
    ({ policy, endpoint, model, calibration }) =>
      policy !== "reader" || (endpoint ?? model ?? calibration) === undefined,
    { path: ["policy"], message: "the reader has neither endpoint nor model, and no calibration" },
  );

const fewShotSchema = z
  .strictObject({
    type: z.literal("few-shot"),
    name: name.optional(),
    exemplars: z
      .enum(["similar", "random", "fixed", "same-slide", "recorded"])
      .describe(
        "how the solved examples in front of the question are chosen; `recorded` as `records` has them",
      )
      .default("similar"),
    perClass: count.max(100).describe("so many of each class; 1 unless this or `count` is told").optional(),
    count: count.max(1_000).describe("so many of all classes together").optional(),
    records: text
      .describe(
        "file of records that shows the examples of each question, as RALM-Path and eval exemplars write it",
      )
      .optional(),
    order: order.describe("order of the examples, drawn for each question unless `fixed`").default("random"),
    pool: z
      .strictObject({ path: text.optional(), split: text.optional() })
      .describe("what the examples are taken from; all samples of the data set where left out")
      .optional(),
    barsAsked: z
      .boolean("it must be true or false")
      .describe("whether nothing that is asked about is an example for something else")
      .default(false),
    barred: text.describe("file of records; what it asks about is no example").optional(),
    prompt,
    options,
  })
  .refine(({ exemplars, records }) => (exemplars === "recorded") === (records !== undefined), {
    path: ["exemplars"],
    message: "recorded and records go together",
  })
  .refine(
    ({ exemplars, perClass, count, barred, barsAsked }) =>
      exemplars !== "recorded" || ((perClass ?? count ?? barred) === undefined && !barsAsked),
    { path: ["exemplars"], message: "recorded examples have neither number nor bars of their own" },
  );

const conditionSchema = z.discriminatedUnion(
  "type",
  [
    z.strictObject({ type: z.literal("zero-shot"), name: name.optional(), prompt, options }),
    fewShotSchema,
    z.strictObject({
      type: z.literal("round"),
      name: name.optional(),
      library: text.describe("folder of the library that is searched"),
      recipe: text.describe("name of a shipped recipe, or folder of one").optional(),
      retriever: text.describe("how passages are found").optional(),
      records: text.describe("SQLite or DuckDB file of patient records that a model may read").optional(),
      reconsideration: z
        .enum(["cdir", "cdir-paper", "off"])
        .describe("how an unsure answer is given again")
        .optional(),
      confidenceThreshold: z.number().min(0).max(1).optional(),
    }),
  ],
  { error: "the type must be zero-shot, few-shot or round" },
);

/** What a suite's YAML file may hold; docs/suite.schema.json is made of it. A key that is not named here is refused. */
export const suiteSchema = z.strictObject({
  name: name.describe("the run's name"),
  title: text.optional(),
  dataSets: z.array(dataSetSchema).min(1),
  models: z.array(modelSchema).min(1),
  conditions: z.array(conditionSchema).min(1),
  seeds: z
    .array(
      z
        .int()
        .min(0)
        .max(2 ** 31 - 1),
    )
    .min(1)
    .describe("each makes an arm of its own")
    .default([1]),
  repeats: count.max(100).describe("how often each sample is asked in an arm").default(1),
  images: z
    .strictObject({
      pixels: count.describe("larger images are made smaller before they are sent").optional(),
    })
    .default({}),
  limits: z
    .strictObject({
      tokens: count
        .max(1_000_000)
        .describe("tokens of one reply to a prompt, 1024 unless told, and of all replies of a round")
        .optional(),
      seconds: z.number().positive().max(86_400).describe("for one answer").default(300),
      concurrency: count
        .max(1_024)
        .describe("requests at once at one endpoint, where it bears them")
        .default(64),
      retries: z
        .int()
        .min(0)
        .max(10)
        .describe("how often a sample that failed is asked again in one run")
        .default(1),
    })
    .prefault({}),
  metrics: z.array(text).min(1).describe("all that apply where left out").optional(),
  profile: text.describe("how answers are read").default("medrounds"),
  keep: z
    .enum(["rounds", "answers"])
    .describe("whether the log holds each round with all its events, or its answer alone")
    .default("rounds"),
  leaks: z
    .boolean("it must be true or false")
    .describe(
      "whether the libraries of the conditions are searched for what they already hold of the samples",
    )
    .default(true),
  judge: z
    .strictObject({
      endpoint: text,
      model: text,
      provider: text.optional(),
      apiKeyFrom: variable.optional(),
      prompts: z.array(text).min(1).describe("names of judges, or files of prompts").optional(),
      embedder: text
        .describe("source of the text embedder that answer relevancy compares questions by")
        .optional(),
    })
    .describe("a chat model that judges what no rule can")
    .optional(),
  baselines: z.array(text).describe("all that apply where left out").optional(),
});

export type Suite = z.infer<typeof suiteSchema>;
export type SuiteDataSet = Suite["dataSets"][number];
export type SuiteModel = Suite["models"][number];
export type SuiteCondition = Suite["conditions"][number];
export type SuiteEndpoint = Pick<SuiteModel, "endpoint" | "model" | "provider" | "apiKeyFrom" | "prices">;
