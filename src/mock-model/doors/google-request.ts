import { z } from "zod";
import type { ConversationMessage } from "../conversation.ts";

const part = z.strictObject({
  text: z.string().optional(),
  thought: z.boolean().optional(),
  thoughtSignature: z.string().optional(),
  inlineData: z.strictObject({ mimeType: z.string(), data: z.string() }).optional(),
  functionCall: z
    .strictObject({
      id: z.string().optional(),
      name: z.string(),
      args: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  functionResponse: z
    .strictObject({
      id: z.string().optional(),
      name: z.string(),
      response: z.record(z.string(), z.unknown()),
    })
    .optional(),
});
const content = z.strictObject({
  role: z.enum(["user", "model", "function"]).optional(),
  parts: z.array(part).min(1),
});
const functionDeclaration = z.looseObject({ name: z.string(), description: z.string().optional() });

/** Gemini API reference, `models.generateContent`, v1beta, in the camel case of its JSON. */
export const generateRequest = z.strictObject({
  model: z.string().optional(),
  contents: z.array(content).min(1, "contents is not specified"),
  systemInstruction: z.strictObject({ role: z.string().optional(), parts: z.array(part) }).optional(),
  tools: z.array(z.looseObject({ functionDeclarations: z.array(functionDeclaration).optional() })).optional(),
  toolConfig: z.unknown().optional(),
  safetySettings: z.unknown().optional(),
  cachedContent: z.string().optional(),
  labels: z.unknown().optional(),
  generationConfig: z
    .strictObject({
      stopSequences: z.array(z.string()).max(5).optional(),
      maxOutputTokens: z.int().min(1).optional(),
      temperature: z.number().min(0).max(2).optional(),
      topP: z.number().min(0).max(1).optional(),
      topK: z.number().optional(),
      seed: z.int().optional(),
      candidateCount: z.int().min(1).max(8).optional(),
      presencePenalty: z.number().optional(),
      frequencyPenalty: z.number().optional(),
      responseLogprobs: z.boolean().optional(),
      logprobs: z.int().min(0).max(20).optional(),
      responseMimeType: z.string().optional(),
      responseSchema: z.record(z.string(), z.unknown()).optional(),
      responseJsonSchema: z.record(z.string(), z.unknown()).optional(),
      responseModalities: z.array(z.string()).optional(),
      thinkingConfig: z.unknown().optional(),
      mediaResolution: z.string().optional(),
    })
    .optional(),
});

export function toMessage({
  role,
  parts,
}: {
  role: string;
  parts: readonly z.infer<typeof part>[];
}): ConversationMessage {
  const isResult = parts.some(({ functionResponse }) => functionResponse !== undefined);
  const texts = parts.map(({ text, functionResponse }) =>
    functionResponse ? JSON.stringify(functionResponse.response) : (text ?? ""),
  );
  const images = parts.flatMap(({ inlineData }) =>
    inlineData ? [{ mediaType: inlineData.mimeType, base64: inlineData.data }] : [],
  );
  const known = role === "system" ? "system" : role === "model" ? "assistant" : isResult ? "tool" : "user";
  return { role: known, text: texts.join(""), images };
}
