import { useMemo, useSyncExternalStore } from "react";

/** What the page's address names: `#/rounds/<id>`, `#/rounds/<id>/evidence/<number>`, or neither. */
type Address = { roundId: string | null; evidence: number | null };

const pattern = /^#\/rounds\/([0-9a-zA-Z-]{1,64})(?:\/evidence\/([1-9]\d{0,8}))?$/;

export function useAddress(): Address {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return useMemo(() => readAddress(hash), [hash]);
}

export function readAddress(hash: string): Address {
  const [, roundId = null, evidence] = pattern.exec(hash) ?? [];
  return { roundId, evidence: evidence === undefined ? null : Number(evidence) };
}

export function goToRound(id: string | null): void {
  location.hash = id === null ? "#/" : roundLink(id);
}

export function roundLink(id: string): string {
  return `#/rounds/${encodeURIComponent(id)}`;
}

/** Names a piece of evidence of the round in the address; the browser's Back closes it again. */
export function openEvidence(number: number): void {
  const { roundId } = readAddress(location.hash);
  if (roundId === null) return;
  history.pushState({ isOpened: true }, "", `${roundLink(roundId)}/evidence/${number}`);
  announce();
}

/** Back to the round: a step back where the evidence was opened from it, and no step for an address that was followed. */
export function closeEvidence(): void {
  const { roundId, evidence } = readAddress(location.hash);
  if (roundId === null || evidence === null) return;
  if ((history.state as { isOpened?: boolean } | null)?.isOpened) history.back();
  else {
    history.replaceState(null, "", roundLink(roundId));
    announce();
  }
}

/** What the history's methods change without an event. */
function announce(): void {
  dispatchEvent(new HashChangeEvent("hashchange"));
}

function subscribe(onChange: () => void): () => void {
  addEventListener("hashchange", onChange);
  return () => removeEventListener("hashchange", onChange);
}
