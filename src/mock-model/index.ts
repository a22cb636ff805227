/**
 * A chat server that plays a script: the doors of OpenAI (in the dialects of OpenAI, vLLM, Ollama and llama.cpp), Google, Anthropic
 * and Ollama on the loopback, with faults on demand. It lets people try the loop, the page and an evaluation without a model, and
 * it is the server of our own tests. It knows nothing of medicine and says in every reply that it is no model.
 * Imports contracts and platform.
 */
export type { LogEntry } from "./log-entry.ts";
export type { Exchange } from "./mock-settings.ts";
export { readScript, type ScriptReply } from "./script.ts";
export { dialectNames, type MockModel, type MockModelOptions, startMockModel } from "./start-mock-model.ts";
