import { searchLibrary } from "#assembly";
import { MedRoundsError, searchRequestSchema, searchResultSchema } from "#contracts";
import { defined } from "../defined.ts";
import { imageErrors } from "../image-errors.ts";
import { collectImages, parseRequest, readContent } from "../request-content.ts";
import type { Route } from "../route.ts";

export const search: Route = {
  method: "post",
  path: "/v1/search",
  summary: "Search the library: passages and cases by words, or cases by image.",
  request: searchRequestSchema,
  replies: [
    {
      status: 200,
      description: "What was found, best first.",
      content: { "application/json": searchResultSchema },
    },
  ],
  errors: [
    ...imageErrors,
    "request-invalid",
    "question-empty",
    "library-empty",
    "request-too-large",
    "server-busy",
  ],
  async handle({ req }, server) {
    const { library, search: passages, decoding } = server;
    using content = await readContent(req.raw, server);
    const { text, image: encoded, top, ...identity } = parseRequest(searchRequestSchema, content.value);
    const [image] = collectImages({ files: content.files, encoded: encoded ? [encoded] : [] }, 1);
    if ((text === undefined) === (image === undefined)) {
      throw new MedRoundsError("request-invalid", "A search takes either words or an image.");
    }
    if (image === undefined && Object.keys(identity).length > 0) {
      throw new MedRoundsError("request-invalid", "The fields patientId and slideId go with an image.");
    }
    if (text?.trim() === "") throw new MedRoundsError("question-empty", "The search has no words.");
    using _turn = await decoding.enter(req.raw.signal);
    const wanted = image === undefined ? { text: text ?? "" } : { image, ...defined(identity) };
    return Response.json(
      await searchLibrary({ library, search: passages, top, ...wanted, signal: req.raw.signal }),
    );
  },
};
