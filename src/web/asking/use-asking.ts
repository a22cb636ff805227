import { useRef, useState } from "react";
import { type ApiFailure, type ApiResult, postRound, stopRound } from "../api.ts";
import { goToRound } from "../use-address.ts";
import type { Draft } from "./draft.ts";

type Asking = {
  /** The question on its way to the server. */
  sending: Draft | null;
  /** Why the last question did not become a round, with the question. */
  refused: { failure: ApiFailure; draft: Draft } | null;
  /** What last became a round in this tab, to be asked again with its files. */
  asked: { id: string; draft: Draft } | null;
};

/** Asks one question at a time and goes to its round. */
export function useAsking() {
  const [asking, setAsking] = useState<Asking>({ sending: null, refused: null, asked: null });
  const current = useRef<AbortController | null>(null);

  /** What came of it; nothing of a question that was abandoned. */
  const ask = async (draft: Draft): Promise<ApiResult<{ id: string }> | null> => {
    // A second click comes before the page shows what the first one did.
    if (current.current) return null;
    const sending = new AbortController();
    current.current = sending;
    setAsking((now) => ({ ...now, sending: draft, refused: null }));
    const result = await postRound(draft, sending.signal);
    if (sending.signal.aborted) {
      if (result.type === "ok") stopRound(result.value.id);
      return null;
    }
    current.current = null;
    if (result.type === "failure") {
      const { failure } = result;
      setAsking((now) => ({ ...now, sending: null, refused: { failure, draft } }));
      return result;
    }
    const { id } = result.value;
    setAsking({ sending: null, refused: null, asked: { id, draft } });
    goToRound(id);
    return result;
  };

  /** Stops a question on its way, and its round if one begins; forgets one that was refused. */
  const abandon = () => {
    current.current?.abort();
    current.current = null;
    setAsking((now) => (now.sending || now.refused ? { ...now, sending: null, refused: null } : now));
  };

  return { asking, ask, abandon };
}
