import { z } from "zod";
import { parseRequest, readContent } from "../request-content.ts";
import type { Route } from "../route.ts";
import { searchBatch } from "../search-batch.ts";

const requestSchema = z.object({
  queries: z.array(z.string().max(20_000)).max(1_000),
  topk: z.int().min(0).max(100).nullish(),
  return_scores: z.boolean().default(false),
});
const documentSchema = z.object({ id: z.string(), contents: z.string() });
const replySchema = z.object({
  result: z.array(
    z.array(z.union([documentSchema, z.object({ document: documentSchema, score: z.number() })])),
  ),
});

const defaultTop = 3;

/**
 * The dialect of Search-R1's and verl's trainers. `contents` is the title in quotes, a line break and the text; with
 * `return_scores` each document stands in a wrapper beside its BM25 score, without it alone.
 */
export const retrieve: Route = {
  method: "post",
  path: "/retrieve",
  summary: "Passages for a batch of queries, as Search-R1 and verl ask for them.",
  request: requestSchema,
  replies: [
    {
      status: 200,
      description: "For each query, up to topk documents, with scores on request.",
      content: { "application/json": replySchema },
    },
  ],
  errors: ["request-invalid", "request-too-large", "server-busy"],
  async handle({ req }, server) {
    using content = await readContent(req.raw, server);
    const { queries, topk, return_scores } = parseRequest(requestSchema, content.value);
    const found = await searchBatch({ server, queries, top: topk ?? defaultTop, signal: req.raw.signal });
    const result = found.map((hits) =>
      hits.map(({ passage: { id, title, text }, score }) => {
        const document = { id, contents: `"${title}"\n${text}` };
        return return_scores ? { document, score } : document;
      }),
    );
    return Response.json({ result } satisfies z.infer<typeof replySchema>);
  },
};
