import { useEffect, useEffectEvent, useState } from "react";
import { isImage } from "./image-files.ts";

/** Takes files that are dropped anywhere on the page, or pasted. Returns whether something is held over it. */
export function useDroppedFiles(onFiles: (files: readonly File[]) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const take = useEffectEvent((data: DataTransfer | null, event: Event) => {
    const files = [...(data?.files ?? [])];
    // What was copied as text may come with a file of it, which is not what is meant.
    if (files.length === 0 || (data?.types.includes("text/plain") && !files.some(isImage))) return;
    event.preventDefault();
    onFiles(files);
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
