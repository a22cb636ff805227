import type { IncomingHttpHeaders } from "node:http";
import type { z } from "zod";
import type { Conversation } from "../conversation.ts";
import type { Generation } from "../generation.ts";
import { type Problem, RequestProblem } from "../problem.ts";

type DoorRequest = {
  body: unknown;
  headers: IncomingHttpHeaders;
  query: URLSearchParams;
  /** What the door's path caught. */
  caught: Record<string, string>;
};

/** One way in: a vendor's address for requests, with the vendor's forms. */
export type Door = {
  name: string;
  path: RegExp;
  /** @throws RequestProblem where the request does not fit the published schema */
  read(request: DoorRequest): Conversation;
  streamType: string;
  /** The pieces of a stream, in order; at most one token in each. */
  frames(generation: Generation, conversation: Conversation): Generator<string>;
  whole(generation: Generation, conversation: Conversation): object;
  /** An error that comes in the middle of a stream. */
  errorFrame(problem: Problem): string;
  problem(problem: Problem): { status: number; body: object };
};

/** Checks a body; the first thing that is wrong becomes a refusal. */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  const issue = deepest(error.issues);
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const param = [...(issue?.path ?? []), ...unknown].join(".");
  const what = issue?.message ?? "Invalid request";
  throw new RequestProblem({
    status: 400,
    message: param === "" ? what : `${param}: ${what}`,
    ...(param ? { param } : {}),
  });
}

/** Of a union's issues the one that came furthest tells most. */
function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue | undefined {
  const [issue] = issues;
  if (issue?.code !== "invalid_union") return issue;
  const inner = issue.errors
    .map(deepest)
    .filter((found) => found !== undefined)
    .toSorted((a, b) => b.path.length - a.path.length)[0];
  return inner ? { ...inner, path: [...issue.path, ...inner.path] } : issue;
}

export function refuse(message: string, param?: string): never {
  throw new RequestProblem({ status: 400, message, ...(param === undefined ? {} : { param }) });
}

/** An event of server-sent events (WHATWG HTML, 9.2). */
export function sse(data: object | string): string {
  return `data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`;
}
