import { mkdir } from "node:fs/promises";
import { MedRoundsError } from "#contracts";
import { type JudgeModel, rememberJudgments } from "#evaluation";
import type { ChatModel } from "#models";
import { parseJson, writeError } from "#platform";
import type { MakingModel } from "#training";
import { connectModel } from "../model-choice.ts";
import { hostsBeyond, serverOf } from "../server-of.ts";
import { readSettings } from "../settings.ts";

const mostTokens = 4_096;

/** A chat model that makes data, which machines it sends what it is shown, and its name. */
export type ConnectedMaker = { maker: MakingModel; name: string; notes: readonly string[] };

/**
 * Connects the chat model of the settings for making data. What it said stays in the folder (`judgments.jsonl`), by all that it was asked,
 * so that a run that goes on asks only what is new. Throws `endpoint-missing`, `endpoint-invalid` and what reading the settings throws.
 */
export async function connectMaker(request: {
  folder: string;
  endpoint?: string | undefined;
  model?: string | undefined;
  seed: number;
  readImage: (sha256: string) => Promise<Uint8Array>;
  signal?: AbortSignal | undefined;
}): Promise<ConnectedMaker> {
  const { folder, endpoint, model: named, seed, readImage, signal } = request;
  const settings = await readSettings({ endpoint, model: named });
  const model = await connectModel(settings, { purpose: "Making data" });
  const { images, responseSchema } = await model.capabilities(signal);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw writeError(error, folder);
  });
  const maker: JudgeModel = {
    name: `${model.name} at ${model.endpoint}`,
    images: images?.most === 0 ? null : { pixels: null },
    ask: asker(model, { keepsSchema: responseSchema === true, readImage }),
  };
  const hosts = hostsBeyond([serverOf(model.endpoint)]);
  return {
    maker: { model: await rememberJudgments(maker, { folder, signal }), seed, signal },
    name: model.name,
    notes: hosts.length > 0 ? [`Texts and images were sent to ${hosts.join(", ")} by the model.`] : [],
  };
}

function asker(
  model: ChatModel,
  { keepsSchema, readImage }: { keepsSchema: boolean; readImage: (sha256: string) => Promise<Uint8Array> },
): JudgeModel["ask"] {
  return async ({ system, text, images = [], schema, seed, signal }) => {
    const shown = await Promise.all(
      images.map(async (image) => {
        const bytes = await readImage(image.sha256);
        return { type: "image" as const, bytes, mediaType: mediaTypeOf(bytes) };
      }),
    );
    let reply = "";
    const stream = model.stream({
      messages: [
        { role: "system", text: system },
        { role: "user", parts: [...shown, { type: "text", text }] },
      ],
      ...{ temperature: 0, seed, maxOutputTokens: mostTokens },
      ...(keepsSchema ? { responseSchema: schema } : {}),
      ...(signal ? { signal } : {}),
    });
    for await (const delta of stream) if (delta.type === "text") reply += delta.text;
    if (reply.trim() === "") throw new MedRoundsError("model-silent", "The model's reply is empty.", {});
    const said = reply.slice(reply.lastIndexOf("</think>") + 1);
    return parseJson(said.slice(said.indexOf("{"), said.lastIndexOf("}") + 1)) ?? null;
  };
}

/** Of a kept image, which is one of three kinds. */
function mediaTypeOf(bytes: Uint8Array): string {
  if (bytes[0] === 0x89) return "image/png";
  return bytes[0] === 0xff ? "image/jpeg" : "image/webp";
}
