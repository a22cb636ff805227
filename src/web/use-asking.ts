import { useRef, useState } from "react";
import { type ApiFailure, type Draft, postRound, readDemoImage } from "./api.ts";
import { goToRound } from "./use-round-address.ts";

type Asking = {
  /** The question on its way to the server. */
  sending: Draft | null;
  /** Why the last question did not become a round, with the question. */
  refused: { failure: ApiFailure; draft: Draft } | null;
};

const idle: Asking = { sending: null, refused: null };

/** Asks questions and goes to their rounds. `lastAsked` is what became a round in this tab, to be asked again with its files. */
export function useAsking() {
  const [asking, setAsking] = useState(idle);
  const lastAsked = useRef<{ id: string; draft: Draft } | null>(null);

  const ask = async (draft: Draft) => {
    setAsking({ sending: draft, refused: null });
    const result = await postRound(draft);
    if (result.type === "failure") {
      setAsking({ sending: null, refused: { failure: result.failure, draft } });
      return;
    }
    lastAsked.current = { id: result.value.id, draft };
    goToRound(result.value.id);
    setAsking(idle);
  };

  /** Asks with an image that the server holds. */
  const askDemo = async (body: Draft["body"], image: string | null) => {
    const draft: Draft = { body, images: [] };
    if (image === null) return ask(draft);
    const file = await readDemoImage(image);
    if (file.type === "ok") return ask({ body, images: [file.value] });
    setAsking({ sending: null, refused: { failure: file.failure, draft } });
  };

  return { asking, ask, askDemo, lastAsked, forget: () => setAsking(idle) };
}
