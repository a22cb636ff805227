import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { parseJson, reportDefect } from "#platform";
import { chooseReply } from "./choose-reply.ts";
import { type Conversation, factsOf } from "./conversation.ts";
import type { Dialect } from "./dialects/dialect.ts";
import type { Door } from "./doors/door.ts";
import { generate } from "./generate.ts";
import type { LogEntry } from "./log-entry.ts";
import { measureImages } from "./measure-images.ts";
import type { Exchange, MockSettings } from "./mock-settings.ts";
import { shownModel } from "./pages.ts";
import { type Problem, RequestProblem } from "./problem.ts";
import { readText } from "./read-text.ts";
import { problemOf } from "./refusals.ts";
import type { ScriptReply } from "./script.ts";
import { sendReply } from "./send-reply.ts";

type Answering = { incoming: IncomingMessage; outgoing: ServerResponse; settings: MockSettings };

/** Answers one request, whatever it is. Never rejects. */
export async function answerRequest(answering: Answering): Promise<void> {
  const { incoming, outgoing, settings } = answering;
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  outgoing.setHeader("x-mock-model", "scripted stand-in, not a model");
  const url = new URL(incoming.url ?? "/", "http://mock");
  const door = settings.doors.find(({ path }) => path.test(url.pathname));
  const start = performance.now();
  const entry: Partial<LogEntry> = { door: door?.name ?? url.pathname };
  try {
    if (door && incoming.method === "POST")
      await converse({ ...answering, door, url, signal: gone.signal, entry });
    else await sendPage({ ...answering, path: url.pathname, found: door !== undefined });
  } catch (error) {
    if (gone.signal.aborted || outgoing.headersSent) outgoing.destroy();
    else {
      if (!(error instanceof RequestProblem)) reportDefect(error);
      const problem =
        error instanceof RequestProblem ? error.problem : { status: 500, message: "The mock failed." };
      entry.problem = problem.message;
      sendProblem({ outgoing, door, problem, dialect: settings.dialect });
    }
  }
  settings.onLog?.({
    at: new Date().toISOString(),
    door: "",
    ...entry,
    status: outgoing.statusCode,
    milliseconds: Math.round(performance.now() - start),
    abandoned: gone.signal.aborted && !outgoing.writableFinished,
  });
}

async function converse(
  request: Answering & { door: Door; url: URL; signal: AbortSignal; entry: Partial<LogEntry> },
): Promise<void> {
  const { incoming, outgoing, settings, door, url, signal, entry } = request;
  const body = parseJson(await readText(incoming));
  if (body === undefined) throw new RequestProblem({ status: 400, message: "The body is not JSON." });
  const caught = door.path.exec(url.pathname)?.groups ?? {};
  const conversation = door.read({ body, headers: incoming.headers, query: url.searchParams, caught });
  const { model } = conversation;
  const facts = factsOf(conversation);
  Object.assign(entry, describe(conversation));
  if (settings.models !== "any" && !settings.models.includes(model)) {
    throw new RequestProblem({
      status: 404,
      message: `The model “${model.slice(0, 80)}” does not exist.`,
      param: "model",
    });
  }
  if (settings.checksImages) entry.images = await measureImages(conversation);
  const index = settings.count++;
  const authorization = incoming.headers.authorization ?? null;
  const exchange: Exchange = { index, door: door.name, conversation, body, authorization };
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) settings.onGone?.(exchange);
  });
  const { reply, rule, captures, fault } = chooseReply({
    exchange,
    facts,
    settings,
    given: faultAsked(incoming, url),
  });
  Object.assign(entry, { rule, fault: fault?.name ?? null });
  const delay = (reply.delayMilliseconds ?? 0) + settings.latencyMilliseconds;
  if (delay > 0) await pause(delay, undefined, { signal });
  if (fault?.name === "stall") await waitForEnd(outgoing);
  if (fault?.name === "reset") outgoing.socket?.resetAndDestroy();
  if (fault?.name === "stall" || fault?.name === "reset") return;
  if (fault?.name === "html") {
    outgoing.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><p>Welcome</p>");
    return;
  }
  const problem = fault && problemOf(fault, Date.now());
  if (problem) throw new RequestProblem(problem);
  if (reply.status !== undefined) return sendStatus({ outgoing, door, reply, status: reply.status });
  const created = Math.floor(Date.now() / 1000);
  const generation = generate({
    conversation,
    facts,
    reply,
    captures,
    fault,
    index,
    chance: settings.chance,
    created,
  });
  const tokensPerSecond = reply.tokensPerSecond ?? settings.tokensPerSecond;
  await sendReply({ outgoing, door, generation, conversation, fault, tokensPerSecond, signal });
  entry.outputTokens = generation.usage?.outputTokens ?? 0;
  if (!outgoing.writableEnded) await waitForEnd(outgoing);
}

function faultAsked(incoming: IncomingMessage, url: URL): string | undefined {
  const header = incoming.headers["x-mock-fault"];
  return url.searchParams.get("fault") ?? (Array.isArray(header) ? header[0] : header);
}

/** Until the client has left. */
function waitForEnd(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => (outgoing.destroyed ? resolve() : outgoing.once("close", resolve)));
}

function describe({ model, stream, messages, tools }: Conversation): Partial<LogEntry> {
  const sizes = messages.map(({ role, text, images }) => ({
    role,
    characters: text.length,
    images: images.length,
  }));
  return { model, stream, messages: sizes, tools };
}

function sendStatus(request: {
  outgoing: ServerResponse;
  door: Door;
  reply: ScriptReply;
  status: number;
}): void {
  const { outgoing, door, reply, status } = request;
  const body = reply.body ?? JSON.stringify(door.problem({ status, message: "scripted failure" }).body);
  outgoing.writeHead(status, { "content-type": "application/json" }).end(body);
}

function sendProblem(request: {
  outgoing: ServerResponse;
  door: Door | undefined;
  problem: Problem;
  dialect: Dialect;
}): void {
  const { outgoing, door, problem, dialect } = request;
  const { status, body } = door?.problem(problem) ?? {
    status: problem.status,
    body: dialect.problem(problem),
  };
  const retry = problem.retryAfter === undefined ? {} : { "retry-after": problem.retryAfter };
  outgoing.writeHead(status, { "content-type": "application/json", ...retry }).end(JSON.stringify(body));
}

async function sendPage(request: Answering & { path: string; found: boolean }): Promise<void> {
  const { incoming, outgoing, settings, path, found } = request;
  const isShow = path === "/api/show" && incoming.method === "POST";
  if (isShow) await readText(incoming);
  const page = isShow ? shownModel : incoming.method === "GET" ? settings.pages(path) : undefined;
  if (!page) {
    const status = found ? 405 : 404;
    throw new RequestProblem({ status, message: `There is no ${incoming.method} ${path.slice(0, 80)}.` });
  }
  outgoing.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(page));
}
