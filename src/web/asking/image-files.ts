import { shorten } from "../plain-text.ts";

/** Most images that one question may have (the limit of the server). */
const imageLimit = 8;

const types = new Set(["image/png", "image/jpeg", "image/webp", "image/tiff", "application/dicom"]);
const formats = "PNG, JPEG, WebP, TIFF or DICOM";

/** What a file dialog offers; browsers seldom know the type of a DICOM file. */
export const acceptedFiles = [...types, ".tif", ".tiff", ".dcm", ".dicom"].join(",");

/** The images among files that were dropped, picked or pasted, as many as the limit leaves room for beside `have`, and what to say of the others. */
export function takeImages(files: readonly File[], have: number): { images: File[]; remark: string } {
  const images = files.filter(isImage);
  const taken = images.slice(0, Math.max(0, imageLimit - have));
  const [first, ...more] = files.filter((file) => !isImage(file));
  const remarks: string[] = [];
  if (first) {
    const name = shorten(first.name, 60);
    if (more.length === 0) remarks.push(`${name} is not a ${formats} file.`);
    else remarks.push(`${name} and ${more.length} more are not ${formats} files.`);
  }
  if (taken.length < images.length) remarks.push(`Up to ${imageLimit} images.`);
  return { images: taken, remark: remarks.join(" ") };
}

/** Systems that know no type for a file leave it empty; its name then says what it is. A DICOM file often has a name without a dot. */
export function isImage({ type, name }: File): boolean {
  return types.has(type) || (type === "" && /\.(png|jpe?g|webp|tiff?|dcm|dicom)$|^[^.]+$/i.test(name));
}
