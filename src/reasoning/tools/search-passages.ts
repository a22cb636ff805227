import { z } from "zod";
import type { Tool } from "./tool.ts";

const input = z.object({ query: z.string().trim().min(1).describe("Words to look for.") });
const passagesPerQuery = 5;

export const searchPassages: Tool = {
  name: "search_passages",
  description: "Searches the library's texts. Returns numbered passages; cite them as [number].",
  inputSchema: z.toJSONSchema(input),
  readQuery: (value) => input.safeParse(value).data?.query,
  async run(query, { library }) {
    return { type: "passages", ...(await library.searchPassages({ query, top: passagesPerQuery })) };
  },
};
