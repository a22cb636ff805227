import type { z } from "zod";
import { type ErrorCode, MedRoundsError } from "#contracts";
import type { ByteBudget, Reservation } from "./byte-budget.ts";
import type { ServerLimits } from "./limits.ts";

export type ImageFile = { name: string; bytes: Uint8Array };

/** What a request holds, until it is disposed of: a JSON value, and the files that came with it in a form. */
export type RequestContent = Disposable & {
  value: unknown;
  files: readonly ImageFile[];
  /** Counts further bytes that are held until then. Throws `server-busy`. */
  grow(bytes: number): void;
};

/**
 * Reads a request's JSON, or a form (multipart/form-data, RFC 7578) whose field `request` holds that JSON and whose fields `image`
 * hold files. Throws `request-invalid`, `request-too-large` and `server-busy`.
 */
export async function readContent(
  request: Request,
  { limits, budget }: { limits: ServerLimits; budget: ByteBudget },
): Promise<RequestContent> {
  const type = (request.headers.get("content-type") ?? "").toLowerCase().split(";")[0]?.trim();
  if (type !== "application/json" && type !== "multipart/form-data") {
    throw invalid("The request is neither application/json nor multipart/form-data.");
  }
  const memory = budget.reserve();
  try {
    const body = await readBody(request, limits.bodyBytes, memory);
    const content =
      type === "application/json"
        ? { value: parseJson(body.toString("utf8")), files: [] }
        : await readForm(body, request.headers.get("content-type") ?? "", limits);
    return { ...content, grow: memory.grow, [Symbol.dispose]: () => memory[Symbol.dispose]() };
  } catch (error) {
    memory[Symbol.dispose]();
    throw error;
  }
}

/** Bytes of a body that is read in one piece, which costs a trainer's small batches a third less than a stream. */
const smallBody = 64 * 1024;

/** Counts what arrives; what the headers say of the length is believed only where it is too much, or little. */
async function readBody(request: Request, limit: number, memory: Reservation): Promise<Buffer> {
  const tooLarge = () =>
    new MedRoundsError("request-too-large", `The request has over ${Math.round(limit / 2 ** 20)} MB.`, {
      limit,
    });
  const told = Number(request.headers.get("content-length") ?? 0);
  if (told > limit) throw tooLarge();
  const endedEarly = () => invalid("The request ended before its body did.");
  if (told > 0 && told <= smallBody) {
    memory.grow(told);
    return Buffer.from(
      await request.arrayBuffer().catch(() => {
        throw endedEarly();
      }),
    );
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = (request.body as ReadableStream<Uint8Array> | null)?.getReader();
  for (;;) {
    const next = await reader?.read().catch(() => {
      throw endedEarly();
    });
    if (!next || next.done) return Buffer.concat(chunks);
    length += next.value.length;
    if (length > limit) throw tooLarge();
    memory.grow(next.value.length);
    chunks.push(next.value);
  }
}

async function readForm(body: Buffer, type: string, limits: ServerLimits) {
  const form = await new Response(new Uint8Array(body), { headers: { "Content-Type": type } })
    .formData()
    .catch(() => {
      throw invalid("The form is not complete or not well formed.");
    });
  const files: ImageFile[] = [];
  let json: string | undefined;
  for (const [name, field] of form) {
    if (name === "image" && typeof field !== "string") {
      files.push({ name: field.name, bytes: new Uint8Array(await field.arrayBuffer()) });
    } else if (name === "request" && json === undefined) {
      if ((typeof field === "string" ? field.length : field.size) > limits.fieldBytes) {
        throw new MedRoundsError("request-too-large", "The form's field request is too long.", {
          limit: limits.fieldBytes,
        });
      }
      json = typeof field === "string" ? field : await field.text();
    } else {
      throw invalid(
        `A form takes one field request and files named image; “${name.slice(0, 40)}” does not fit.`,
      );
    }
  }
  return { value: parseJson(json ?? "{}"), files };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("The request is not well-formed JSON.");
  }
}

/** Limits that have a code of their own. */
const tooMuch: Record<string, ErrorCode> = { question: "question-too-long", images: "request-too-large" };

/** A request's value as its schema reads it. Throws `request-invalid`, `question-too-long` and `request-too-large`. */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const issue = error.issues[0];
  const field = issue?.path.join(".") ?? "";
  const code = (issue?.code === "too_big" ? tooMuch[field] : undefined) ?? "request-invalid";
  const subject = field === "" ? "The request" : `The field ${field.slice(0, 80)}`;
  throw new MedRoundsError(code, `${subject} is not valid: ${issue?.message}.`, { field });
}

function invalid(message: string): MedRoundsError {
  return new MedRoundsError("request-invalid", message);
}

/** The images of a request, from its form and from its JSON. Throws `request-too-large` where there are over `limit`. */
export function collectImages(
  request: { files: readonly ImageFile[]; encoded: readonly { name: string; base64: string }[] },
  limit: number,
): ImageFile[] {
  const images = [
    ...request.files,
    ...request.encoded.map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, "base64") })),
  ];
  if (images.length > limit) {
    throw new MedRoundsError("request-too-large", `A request takes up to ${limit} images.`, { limit });
  }
  return images.map(({ name, bytes }, index) => ({ name: fileName(name) || `image ${index + 1}`, bytes }));
}

function fileName(name: string): string {
  return (name.split(/[\\/]/).at(-1) ?? "").slice(0, 255);
}
