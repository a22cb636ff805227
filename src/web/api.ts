import type { LibraryEntry, RoundRequestBody, System } from "#contracts";

/** Why a request came to nothing: what happened, what to do. */
export type ApiFailure = { message: string; cure: string };
export type ApiResult<Value> = { type: "ok"; value: Value } | { type: "failure"; failure: ApiFailure };

/** A question ready to be asked. */
export type Draft = { body: RoundRequestBody; images: readonly File[] };

const unreachable: ApiFailure = {
  message: "The server does not answer.",
  cure: "Check that it still runs, then try again.",
};

export function readSystem(): Promise<ApiResult<System>> {
  return request("v1/system");
}

/** Begins a round; its events are read apart. */
export function postRound({ body, images }: Draft): Promise<ApiResult<{ id: string }>> {
  const form = new FormData();
  form.append("request", JSON.stringify(body));
  for (const image of images) form.append("image", image, image.name);
  return request("v1/rounds", { method: "POST", headers: { prefer: "respond-async" }, body: form });
}

export async function stopRound(id: string): Promise<void> {
  await fetch(roundAddress(id), { method: "DELETE" }).catch(() => undefined);
}

export function readEntry(id: string): Promise<ApiResult<LibraryEntry>> {
  return request(`v1/evidence/${encodeURIComponent(id)}`);
}

export function roundAddress(id: string): string {
  return `v1/rounds/${encodeURIComponent(id)}`;
}

/** Address of an image of the round itself; `number` from 1. */
export function roundImageAddress(id: string, number: number): string {
  return `${roundAddress(id)}/images/${number}`;
}

export function caseImageAddress(id: string, size: "thumbnail" | "full"): string {
  return `v1/cases/${encodeURIComponent(id)}/image?size=${size}`;
}

/** A demo image as a file, to be asked about like one's own. */
export async function readDemoImage(address: string): Promise<ApiResult<File>> {
  const name = decodeURIComponent(address.split("/").at(-1) ?? "image.png");
  const response = await fetch(address).catch(() => null);
  if (!response?.ok)
    return { type: "failure", failure: response ? await readFailure(response) : unreachable };
  const blob = await response.blob();
  return { type: "ok", value: new File([blob], name, { type: blob.type }) };
}

/** Why an address does not answer as it should; null where it does. Reads no more than the head of the answer. */
export async function askWhy(address: string): Promise<ApiFailure | "unreachable" | null> {
  const abort = new AbortController();
  try {
    const response = await fetch(address, { signal: abort.signal });
    return response.ok ? null : await readFailure(response);
  } catch {
    return "unreachable";
  } finally {
    abort.abort();
  }
}

async function request<Value>(address: string, init?: RequestInit): Promise<ApiResult<Value>> {
  try {
    const response = await fetch(address, init);
    if (!response.ok) return { type: "failure", failure: await readFailure(response) };
    return { type: "ok", value: (await response.json()) as Value };
  } catch {
    return { type: "failure", failure: unreachable };
  }
}

async function readFailure(response: Response): Promise<ApiFailure> {
  const body = (await response.json().catch(() => null)) as { error?: Partial<ApiFailure> } | null;
  const { message = `The server answered ${response.status}.`, cure = "Try again in a moment." } =
    body?.error ?? {};
  return { message, cure };
}
