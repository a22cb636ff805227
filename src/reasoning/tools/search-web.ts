import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { findIdentity } from "./case-identities.ts";
import type { Tool } from "./tool.ts";

/** Longest query that is sent: search services cut longer ones (Brave and Tavily at 400 characters). */
const longestQuery = 400;
const pagesPerQuery = 4;

const input = z.object({
  query: z
    .string()
    .trim()
    .min(1)
    .max(longestQuery)
    .describe("Words to look for; never anything that names a patient."),
});

/** Sends the query and nothing else, and none that names the question's patient. */
export const searchWeb: Tool = {
  name: "search_web",
  description:
    "Searches the web pages of medical publishers. Returns numbered excerpts; cite them as [number]. The query leaves this machine.",
  inputSchema: z.toJSONSchema(input),
  readQuery: (value) => input.safeParse(value).data?.query,
  async run(query, { library, identities, tell, signal }) {
    if (!library.searchWeb) {
      throw new MedRoundsError("web-search-missing", "No search of the web is configured.");
    }
    if (findIdentity(query, identities) !== undefined) {
      throw new MedRoundsError(
        "query-names-patient",
        "The query holds what names the question's patient or files, so it was not sent.",
      );
    }
    if (query.length > longestQuery) {
      throw new MedRoundsError("web-query-too-long", `The query is longer than ${longestQuery} characters.`);
    }
    return { type: "pages", ...(await library.searchWeb({ query, top: pagesPerQuery, tell, signal })) };
  },
};
