import { useEffect, useEffectEvent, useState } from "react";
import { imagesAmong } from "./image-files.ts";

/** Takes images that are dropped anywhere on the page, or pasted. Returns whether something is held over it. */
export function useDroppedImages(onImages: (images: File[]) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const take = useEffectEvent((data: DataTransfer | null, event: Event) => {
    const images = imagesAmong(data?.files);
    if (images.length === 0) return;
    event.preventDefault();
    onImages(images);
  });
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent) => {
      // Leaving the window has no related target; passing from one element to the next has one.
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent) => {
      setIsOver(false);
      // A file that is no image would otherwise replace the page.
      if (hasFiles(event)) event.preventDefault();
      take(event.dataTransfer, event);
    };
    addEventListener("dragover", over, { signal });
    addEventListener("dragleave", leave, { signal });
    addEventListener("drop", drop, { signal });
    addEventListener("paste", (event) => take(event.clipboardData, event), { signal });
    return () => listening.abort();
  }, []);
  return isOver;
}
