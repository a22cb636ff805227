import { z } from "zod";
import type { Route } from "../route.ts";

const healthSchema = z.object({
  status: z.literal("ok"),
  rounds: z.object({ running: z.int().nonnegative(), waiting: z.int().nonnegative() }),
});

export const health: Route = {
  method: "get",
  path: "/health",
  summary: "Whether the server works, and how many rounds it works on.",
  replies: [{ status: 200, description: "It does.", content: { "application/json": healthSchema } }],
  errors: [],
  handle: (_context, { rounds }) =>
    Response.json({ status: "ok", rounds: rounds.count() } satisfies z.infer<typeof healthSchema>),
};
