import { setFlagsFromString } from "node:v8";

/**
 * Keeps the part of the heap for new objects as small as it is: it would grow to 128 MB where much is allocated and soon forgotten, as by
 * thousands of requests with images, and is no faster then.
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}
