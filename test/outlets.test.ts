import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** Every file that can send something, and why it is none that a request slips out by. */
const outlets: Record<string, string> = {
  "platform/outlet.ts": "the way out",
  "models/chat/send-whole.ts": "stands in for fetch at a chat model's server, behind the way out",
  "knowledge/web-search/request-page.ts":
    "reads pages of the web, whose hosts no configuration names: it judges each by the list of publishers, checks its address and connects to that",
  "store/milvus/client.ts":
    "the client of the store's server has a connection of its own, to the address that the library names",
  "models/onnx/load-transformers.ts":
    "runs models in a folder; of a hub it reads the public files of a model that is named",
  "server/start-server.ts": "is asked and does not ask",
  "assembly/training/launch-page.ts": "is asked and does not ask",
  "mock-model/start-mock-model.ts": "is asked and does not ask",
};

const sending =
  /(?<![.\w])fetch\(|globalThis\.fetch|\b(?:WebSocket|EventSource|XMLHttpRequest)\(|sendBeacon|(?:from|import\() ?"(?:node:(?:https?|http2|net|tls|dgram|dns)(?:\/\w+)?|undici|ws|axios|@grpc\/[\w-]+|@zilliz\/[\w-]+|@huggingface\/transformers)"/;

it("requests leave this process by a few files, each with its reason", () => {
  const source = join(import.meta.dirname, "../src");
  const files = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|(?:^|\/)test-[\w-]+\.ts$|^web\//.test(file))
    .map((file) => file.replaceAll("\\", "/"));
  expect(files.length).toBeGreaterThan(300);
  const found = files.filter((file) => {
    const code = readFileSync(join(source, file), "utf8")
      .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "")
      .replace(/^import type .*$|typeof globalThis\.fetch/gm, "")
      // Of these, only what an address is, and not a connection.
      .replace(/^import \{ (?:BlockList, |)(?:isIP|isIPv6) \} from "node:net";$/gm, "");
    return sending.test(code);
  });
  expect(found.sort()).toEqual(Object.keys(outlets).sort());
});

it("the page asks its own server alone", () => {
  const source = join(import.meta.dirname, "../src/web");
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  for (const file of files.filter((name) => !name.includes(".test."))) {
    const code = readFileSync(join(source, file), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
    expect(code, file).not.toMatch(/(?:fetch|EventSource|WebSocket)\(\s*["'`]https?:/);
  }
});
