import type { Content } from "./route.ts";

/** The images that are read and shown. */
export const imageContent: Record<string, Content> = {
  "image/png": "bytes",
  "image/jpeg": "bytes",
  "image/webp": "bytes",
};

/** `lasting`: what stands at this address never changes. */
export function cachingHeaders(image: {
  mediaType: string;
  lasting: boolean;
  tag?: string;
}): Record<string, string> {
  const { mediaType, lasting, tag } = image;
  return {
    "Content-Type": mediaType,
    "Cache-Control": lasting ? "private, max-age=31536000, immutable" : "private, no-cache",
    ...(tag === undefined ? {} : { ETag: tag }),
  };
}

/** Whether a request's If-None-Match (RFC 9110, 13.1.2) names what would be sent. */
export function isKnown(request: Request, tag: string): boolean {
  const known = (request.headers.get("if-none-match") ?? "").split(",");
  return known.some((given) => given.trim().replace(/^W\//, "") === tag);
}
