import { z } from "zod";
import type { RoundImage } from "../ports.ts";
import type { Tool } from "./tool.ts";

const input = z.object({
  image: z
    .int()
    .min(1)
    .optional()
    .describe("Number of the question's image, from 1; all images if left out."),
});
const casesPerQuery = 11;

/** The query is "image 2" for one image of the question and "all images" otherwise. */
export const findSimilarCases: Tool = {
  name: "find_similar_cases",
  description:
    "Finds cases in the library whose images look like the question's. Returns numbered cases with labels; cite them as [number].",
  inputSchema: z.toJSONSchema(input),
  readQuery(value) {
    const parsed = input.safeParse(value);
    if (!parsed.success) return undefined;
    return parsed.data.image === undefined ? "all images" : `image ${parsed.data.image}`;
  },
  async run(query, { library, images, patientId, slideId, cases }) {
    const request = {
      images: chooseImages(query, images),
      ...(cases ?? { top: casesPerQuery }),
      ...(patientId === undefined ? {} : { patientId }),
      ...(slideId === undefined ? {} : { slideId }),
    };
    return { type: "cases", ...(await library.findSimilarCases(request)) };
  },
};

/** The images that a query of this tool names. */
export function chooseImages(query: string, images: readonly RoundImage[]): readonly RoundImage[] {
  const number = /\bimage (\d+)/.exec(query)?.[1];
  const chosen = number === undefined ? undefined : images[Number(number) - 1];
  return chosen ? [chosen] : images;
}
