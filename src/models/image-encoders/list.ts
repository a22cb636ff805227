import { cohere } from "./cohere.ts";
import type { ImageEncoderProvider } from "./image-encoder-provider.ts";
import { infinity } from "./infinity.ts";
import { jina } from "./jina.ts";
import { onnx } from "./onnx.ts";
import { vllm } from "./vllm.ts";

export const imageEncoderProviders: readonly ImageEncoderProvider[] = [onnx, infinity, jina, vllm, cohere];
