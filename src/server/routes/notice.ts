import { z } from "zod";
import { medicalNotice } from "#contracts";
import type { Route } from "../route.ts";

export const notice: Route = {
  method: "get",
  path: "/v1/notice",
  summary: "What this is for, and what not.",
  replies: [
    {
      status: 200,
      description: "The medical notice.",
      content: { "application/json": z.object({ notice: z.string() }) },
    },
  ],
  errors: [],
  handle: () => Response.json({ notice: medicalNotice }),
};
