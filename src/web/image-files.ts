/** Most images that one question may have (the limit of the server). */
export const imageLimit = 8;

/** The images among the files that were dropped, picked or pasted. */
export function imagesAmong(files: Iterable<File> | undefined | null): File[] {
  return [...(files ?? [])].filter(
    ({ type, name }) => type.startsWith("image/") || /\.(png|jpe?g|webp)$/i.test(name),
  );
}
