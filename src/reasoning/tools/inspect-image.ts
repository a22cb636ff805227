import { z } from "zod";
import { type ImageView, MedRoundsError } from "#contracts";
import type { Tool, ToolContext } from "./tool.ts";
import { readView, type ViewRequest, viewRequestSchema, writeView } from "./view-words.ts";

/** How many images a round may derive. */
export const mostDerivedImages = 8;

/** The query is the request in words. What is made of it is an image of the round and no evidence. */
export const inspectImage: Tool = {
  name: "inspect_image",
  description:
    "Shows a part of an image larger, in another window, inverted, or beside the image of a case. You see the new image in the next step.",
  inputSchema: z.toJSONSchema(viewRequestSchema, { io: "input" }),
  readQuery(value) {
    const { data } = viewRequestSchema.safeParse(value);
    return data && writeView(data);
  },
  async run(query, context) {
    const { library, roundImages, derivations, signal } = context;
    const asked = readView(query);
    const image = asked && roundImages[asked.image - 1];
    if (!asked || !image || !library.inspectImage) {
      throw new MedRoundsError(
        "image-view-invalid",
        `The round has no such image or view: ${query.slice(0, 200)}`,
      );
    }
    if (derivations.left <= 0) {
      const message = `The round has derived ${mostDerivedImages} images already.`;
      throw new MedRoundsError("images-derived-too-many", message);
    }
    derivations.left--;
    const view = toView(asked, context);
    const made = await library.inspectImage({ image, view, signal });
    return { type: "image", hits: [], searched: 0, image: made, from: asked.image, view };
  },
};

function toView(
  { box, side, window, invert, case: number }: ViewRequest,
  { evidence }: ToolContext,
): ImageView {
  const found = number === undefined ? undefined : evidence.find((item) => item.number === number);
  if (number !== undefined && found?.type !== "case") {
    throw new MedRoundsError("image-view-invalid", `The evidence [${number}] is no case.`);
  }
  return {
    ...(box ? { box } : {}),
    ...(side === undefined ? {} : { side }),
    ...(window ? { window } : {}),
    ...(invert ? { invert } : {}),
    ...(found?.type === "case" ? { caseId: found.case.id } : {}),
  };
}
