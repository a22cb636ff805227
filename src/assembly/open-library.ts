import { resolve } from "node:path";
import { builtInDescriptor } from "#imaging";
import { type Library, openLibrary } from "#library";

/**
 * Opens the library in a folder with the built-in image descriptor; with `create` an empty folder becomes one, its tables in `store`.
 */
export function openLibraryAt(
  folder: string,
  options: { create?: boolean; store?: string } = {},
): Promise<Library> {
  return openLibrary({ folder: resolve(folder), embedder: builtInDescriptor, ...options });
}
