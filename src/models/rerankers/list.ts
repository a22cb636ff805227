import { cohere } from "./cohere.ts";
import { onnx } from "./onnx.ts";
import type { RerankerProvider } from "./reranker-provider.ts";
import { tei } from "./tei.ts";

export const rerankerProviders: readonly RerankerProvider[] = [onnx, tei, cohere];
