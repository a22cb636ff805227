import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { MedRoundsError } from "#contracts";
import { cachingHeaders, imageContent } from "../caching.ts";
import { readRoundRecord } from "../rounds/round-folder.ts";
import { pathParameter, type Route } from "../route.ts";

export const roundImage: Route = {
  method: "get",
  path: "/v1/rounds/:id/images/:number",
  summary: "An image of a round's question, as the round sees it: without its file's metadata.",
  parameters: [
    { name: "id", in: "path", description: "The round's id." },
    { name: "number", in: "path", description: "Which image, from 1." },
  ],
  replies: [{ status: 200, description: "The image.", content: imageContent }],
  errors: ["round-missing"],
  async handle(context, { rounds }) {
    const { folder } = await rounds.find(pathParameter(context, "id"));
    const { images } = await readRoundRecord(folder);
    const number = pathParameter(context, "number");
    const image = /^[1-9]\d?$/.test(number) ? images[Number(number) - 1] : undefined;
    if (!image) throw new MedRoundsError("round-missing", "The round has no such image.");
    const { file, mediaType } = image;
    return new Response(await readFile(join(folder, file)), {
      headers: cachingHeaders({ mediaType, lasting: true }),
    });
  },
};
