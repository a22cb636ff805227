import type { ToolName } from "#contracts";
import { findSimilarCases } from "./find-similar-cases.ts";
import { inspectImage } from "./inspect-image.ts";
import { queryRecords } from "./query-records.ts";
import { searchPassages } from "./search-passages.ts";
import { searchWeb } from "./search-web.ts";
import type { Tool } from "./tool.ts";

/** Every tool, by name. */
export const tools: Record<ToolName, Tool> = {
  search_passages: searchPassages,
  find_similar_cases: findSimilarCases,
  search_web: searchWeb,
  query_records: queryRecords,
  inspect_image: inspectImage,
};
