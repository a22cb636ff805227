import { useMemo, useSyncExternalStore } from "react";

/**
 * What the page's address names: `#/rounds/<id>`, of it a piece of evidence `…/evidence/<number>`, or its similar cases `…/cases` and
 * one of them `…/cases/<id>`; or nothing.
 */
type Address = {
  roundId: string | null;
  evidence: number | null;
  /** The view of similar cases; with the id of the case that is compared. */
  similar: { caseId: string | null } | null;
};

const pattern =
  /^#\/rounds\/([0-9a-zA-Z-]{1,64})(?:\/evidence\/([1-9]\d{0,8})|(\/cases)(?:\/([^/]{1,3000}))?)?$/;

export function useAddress(): Address {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return useMemo(() => readAddress(hash), [hash]);
}

export function readAddress(hash: string): Address {
  const [, roundId = null, evidence, cases, caseId] = pattern.exec(hash) ?? [];
  return {
    roundId,
    evidence: evidence === undefined ? null : Number(evidence),
    similar: cases === undefined ? null : { caseId: decode(caseId) },
  };
}

/** Null for what is no well-formed text. */
function decode(text: string | undefined): string | null {
  try {
    return text === undefined ? null : decodeURIComponent(text);
  } catch {
    return null;
  }
}

export function goToRound(id: string | null): void {
  location.hash = id === null ? "#/" : roundLink(id);
}

export function roundLink(id: string): string {
  return `#/rounds/${encodeURIComponent(id)}`;
}

/** Names a piece of evidence of the round in the address; the browser's Back closes it again. */
export function openEvidence(number: number): void {
  open((round) => `${round}/evidence/${number}`);
}

/** Back to the round. */
export function closeEvidence(): void {
  if (readAddress(location.hash).evidence !== null) backTo("");
}

export function openSimilar(): void {
  open((round) => `${round}/cases`);
}

/** Names a case of the round's similar ones; of one that is compared already, the address is replaced. */
export function openSimilarCase(id: string): void {
  const replaces = typeof readAddress(location.hash).similar?.caseId === "string";
  open((round) => `${round}/cases/${encodeURIComponent(id)}`, { replaces });
}

/** From a case to the similar ones. */
export function closeSimilarCase(): void {
  if (typeof readAddress(location.hash).similar?.caseId === "string") backTo("/cases");
}

/** Back to the round, from the similar cases or one of them. */
export function closeSimilar(): void {
  if (readAddress(location.hash).similar) backTo("");
}

/** The addresses that this one was opened from, one from another, each a step in the browser's history. */
type Opened = { from?: string[] } | null;

const openedFrom = () => (history.state as Opened)?.from ?? [];

function open(place: (round: string) => string, { replaces = false } = {}): void {
  const { roundId } = readAddress(location.hash);
  if (roundId === null) return;
  const address = place(roundLink(roundId));
  if (replaces) history.replaceState(history.state, "", address);
  else history.pushState({ from: [...openedFrom(), location.hash] }, "", address);
  announce();
}

/** Back to a place of the round: steps back where this one was opened from it, and none for an address that was followed. */
function backTo(place: string): void {
  const { roundId } = readAddress(location.hash);
  if (roundId === null) return;
  const address = `${roundLink(roundId)}${place}`;
  const from = openedFrom();
  const step = from.lastIndexOf(address);
  if (step >= 0) history.go(step - from.length);
  else {
    history.replaceState(history.state, "", address);
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
