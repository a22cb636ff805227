import type { Context } from "hono";
import type { z } from "zod";
import type { ErrorCode } from "#contracts";
import type { ServerContext } from "./server-context.ts";

type Parameter = { name: string; in: "path" | "query" | "header"; description: string };

/** What a media type holds: JSON of a schema, server-sent events of a schema, or bytes. */
export type Content = z.ZodType | "bytes";

export type Reply = {
  status: number;
  description: string;
  headers?: Record<string, string>;
  content?: Record<string, Content>;
};

/** One address of the interface: what it takes and gives, from which /openapi.json is made, and what it does. */
export type Route = {
  method: "get" | "post" | "delete";
  /** With `:name` for each parameter. */
  path: string;
  /** In /openapi.json; made of method and path where those tell it apart. */
  operationId?: string;
  summary: string;
  parameters?: readonly Parameter[];
  /** The JSON that it takes, alone or in a form's field `request` beside files named `image`. */
  request?: z.ZodType;
  replies: readonly Reply[];
  /** Beside those that every route may answer. */
  errors: readonly ErrorCode[];
  handle(context: Context, server: ServerContext): Response | Promise<Response>;
};

/** A parameter of the path, decoded. */
export function pathParameter(context: Context, name: string): string {
  return context.req.param(name) ?? "";
}
