import { describe, expect, it } from "vitest";
import { takeImages } from "./image-files.ts";

const file = (name: string, type = "") => new File([], name, { type });
const image = file("view.png", "image/png");

describe("files that are dropped, picked or pasted", () => {
  it("are taken by type, and by name where they have none", () => {
    const files = [image, file("b.JPG"), file("c.webp"), file("d.dcm"), file("IM000001"), file("e.tiff")];
    expect(takeImages(files, 0)).toEqual({ images: files, remark: "" });
  });

  it("that are no image of ours are named", () => {
    expect(takeImages([file("scan.heic"), image], 0)).toEqual({
      images: [image],
      remark: "scan.heic is not a PNG, JPEG, WebP, TIFF or DICOM file.",
    });
    expect(takeImages([file("a.gif", "image/gif"), file("b.txt", "text/plain")], 0)).toEqual({
      images: [],
      remark: "a.gif and 1 more are not PNG, JPEG, WebP, TIFF or DICOM files.",
    });
  });

  it("beyond the eighth are left out, which is said", () => {
    const taken = takeImages([image, image, image], 6);
    expect(taken.images).toHaveLength(2);
    expect(taken.remark).toBe("Up to 8 images.");
    expect(takeImages([image], 8).images).toEqual([]);
  });
});
