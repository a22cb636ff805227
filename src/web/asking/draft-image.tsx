import { useEffect, useRef, useState } from "react";
import type { PickedImage } from "./draft.ts";

/** A picked image; `side` is how long its longer side is shown, in pixels. */
export function DraftImage({ image, side }: { image: PickedImage; side: number }) {
  if (image instanceof File) return <PickedFile file={image} side={side} />;
  return <img className="draft-image" src={image.address} alt={`Preview of ${image.name}`} />;
}

/** A file, drawn on a canvas: no address of it exists, and only pixels are shown. */
function PickedFile({ file, side }: { file: File; side: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isUnreadable, setIsUnreadable] = useState(false);
  useEffect(() => {
    let current = true;
    setIsUnreadable(false);
    drawInto(file, side)
      .then((bitmap) => {
        if (!current || !canvas.current) return;
        canvas.current.width = bitmap.width;
        canvas.current.height = bitmap.height;
        canvas.current.getContext("2d")?.drawImage(bitmap, 0, 0);
      })
      .catch(() => current && setIsUnreadable(true));
    return () => {
      current = false;
    };
  }, [file, side]);
  if (isUnreadable) return <span className="draft-unreadable">No preview</span>;
  return <canvas ref={canvas} className="draft-image" role="img" aria-label={`Preview of ${file.name}`} />;
}

async function drawInto(file: File, side: number): Promise<ImageBitmap> {
  const full = await createImageBitmap(file);
  const scale = Math.min(1, (side * devicePixelRatio) / Math.max(full.width, full.height));
  if (scale === 1) return full;
  const resizeWidth = Math.max(1, Math.round(full.width * scale));
  const resizeHeight = Math.max(1, Math.round(full.height * scale));
  const small = await createImageBitmap(full, { resizeWidth, resizeHeight, resizeQuality: "high" });
  full.close();
  return small;
}
