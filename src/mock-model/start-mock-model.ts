import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { MedRoundsError } from "#contracts";
import { answerRequest } from "./answer-request.ts";
import { createChance } from "./chance.ts";
import { defaultScript } from "./default-script.ts";
import { dialects } from "./dialects/list.ts";
import { doors } from "./doors/list.ts";
import type { MockSettings } from "./mock-settings.ts";
import { createPages } from "./pages.ts";
import type { Rule } from "./script.ts";

export type MockModelOptions = {
  /** 0 picks a free one, which is the default. */
  port?: number;
  /** A name of `dialectNames`; openai unless told. */
  dialect?: string;
} & Partial<
  Pick<
    MockSettings,
    "script" | "models" | "latencyMilliseconds" | "tokensPerSecond" | "checksImages" | "onLog" | "onGone"
  >
> & {
    /** Takes the place of the script's own. */
    seed?: number;
  };

export type MockModel = AsyncDisposable & {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** Ends every connection at once. */
  close(): Promise<void>;
};

export const dialectNames: readonly string[] = dialects.map(({ name }) => name);

/**
 * A scripted chat server on the loopback: OpenAI's doors in one dialect, and those of Google, Anthropic and Ollama. No model is
 * behind it, and every reply says so in a header.
 * @throws MedRoundsError `address-in-use`
 */
export async function startMockModel(options: MockModelOptions = {}): Promise<MockModel> {
  const { port = 0, dialect: named = "openai", script = defaultScript, models = ["mock"] } = options;
  const dialect = dialects.find(({ name }) => name === named) ?? dialects[0]!;
  const created = Math.floor(Date.now() / 1000);
  const seed = options.seed ?? (typeof script === "function" ? 0 : (script.seed ?? 0));
  const settings: MockSettings = {
    script,
    models,
    dialect,
    doors: doors.map((make) => make(dialect)),
    pages: createPages({ dialect, models: models === "any" ? ["mock"] : models, created }),
    chance: createChance(seed),
    latencyMilliseconds: options.latencyMilliseconds ?? 0,
    tokensPerSecond: options.tokensPerSecond ?? null,
    checksImages: options.checksImages ?? true,
    uses: new Map<Rule, number>(),
    count: 0,
    ...(options.onLog ? { onLog: options.onLog } : {}),
    ...(options.onGone ? { onGone: options.onGone } : {}),
  };
  const server = createServer((incoming, outgoing) => void answerRequest({ incoming, outgoing, settings }));
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE" || error.code === "EACCES";
      reject(isTaken ? new MedRoundsError("address-in-use", `Port ${port} is in use.`, { port }) : error);
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close, [Symbol.asyncDispose]: close };
}
