import type { EmbedderProvider } from "./embedder-provider.ts";
import { onnx } from "./onnx.ts";
import { openai } from "./openai.ts";
import { tei } from "./tei.ts";

export const embedderProviders: readonly EmbedderProvider[] = [onnx, openai, tei];
