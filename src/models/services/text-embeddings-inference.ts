import { z } from "zod";
import type { JsonService } from "./json-service.ts";
import { malformed } from "./replies.ts";

const infoSchema = z.object({ model_id: z.string().min(1), model_sha: z.string().nullish() });

/** The model that a TEI server says it serves (`GET /info`), with its revision where it tells one. */
export async function askServedModel(service: JsonService): Promise<{ model: string; revision: string }> {
  const reply = infoSchema.safeParse(await service.ask({ path: "/info" }));
  if (!reply.success) throw malformed(service.endpoint, "does not say which model it serves");
  return { model: reply.data.model_id, revision: reply.data.model_sha ?? "" };
}
