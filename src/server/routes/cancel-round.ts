import { pathParameter, type Route } from "../route.ts";

export const cancelRound: Route = {
  method: "delete",
  path: "/v1/rounds/:id",
  summary: "Stop a round and its work. Its events stay; one that has ended stays as it is.",
  parameters: [{ name: "id", in: "path", description: "The round's id." }],
  replies: [{ status: 204, description: "The round has ended, or is about to as interrupted." }],
  errors: ["round-missing"],
  async handle(context, { rounds }) {
    await rounds.cancel(pathParameter(context, "id"));
    return new Response(null, { status: 204 });
  },
};
