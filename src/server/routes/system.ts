import { describeSystem } from "#assembly";
import { type System, systemSchema } from "#contracts";
import type { Route } from "../route.ts";

export const system: Route = {
  method: "get",
  path: "/v1/system",
  summary: "What answers here: library, model, what leaves this machine, and questions to try.",
  replies: [{ status: 200, description: "The system.", content: { "application/json": systemSchema } }],
  errors: ["endpoint-missing", "endpoint-invalid"],
  async handle(_context, { library, search, cases, policy, demo }) {
    const questions = demo.questions.map(({ image, options = [], ...question }) => ({
      ...question,
      options: [...options],
      image: image === undefined ? null : `/v1/demo/images/${encodeURIComponent(image)}`,
    }));
    return Response.json({
      ...(await describeSystem({ library, search, cases }, policy)),
      demo: questions,
    } satisfies System);
  },
};
