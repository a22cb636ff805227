import type { RoundEvent } from "#contracts";
import { type ApiFailure, askWhy, roundAddress } from "../api.ts";

/** connecting: no event yet; open; lost: tries again by itself. */
export type Connection = "connecting" | "open" | "lost";

export type RoundListener = {
  /** Events in order, as many as came since the last frame. May repeat some after a lost connection, and after the page was hidden. */
  onEvents(events: readonly RoundEvent[]): void;
  onConnection(connection: Connection): void;
  /** The round cannot be read: the server knows it no longer. */
  onMissing(failure: ApiFailure): void;
};

const types: Record<RoundEvent["type"], true> = {
  "round-start": true,
  "step-start": true,
  "image-inspected": true,
  "thought-delta": true,
  "query-issued": true,
  "passages-retrieved": true,
  "cases-retrieved": true,
  "pages-retrieved": true,
  "rows-retrieved": true,
  "image-derived": true,
  "action-invalid": true,
  "answer-demanded": true,
  "answer-reconsidered": true,
  "data-sent": true,
  "confidence-measured": true,
  failure: true,
  "usage-reported": true,
  "step-end": true,
  "answer-final": true,
  "round-end": true,
};

/** Milliseconds before a closed connection is tried again, and before a page without frames takes what came. */
const pause = 1000;

/**
 * Reads a round's events (server-sent events, WHATWG HTML 9.2) until its end. The browser resumes a dropped connection with
 * `Last-Event-ID`; one that it gave up is opened anew, and then repeats what was read. A page that is hidden reads nothing:
 * a browser has six connections to a server for all its tabs (HTTP/1.1). Returns what closes it.
 */
export function followRound(id: string, listener: RoundListener): () => void {
  const address = roundAddress(id);
  let source: EventSource | undefined;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const batch = createBatch(listener.onEvents);

  const close = () => {
    closed = true;
    clearTimeout(timer);
    source?.close();
    document.removeEventListener("visibilitychange", attend);
  };
  const take = (message: MessageEvent<string>) => {
    // A failure's event has the type "failure"; the connection's own "error" carries no data.
    const event = JSON.parse(message.data) as RoundEvent;
    batch.add(event);
    if (event.type === "round-end") close();
  };
  const reopen = async () => {
    const why = await askWhy(address);
    if (closed || document.hidden) return;
    if (why === null) open();
    else if (why === "unreachable") timer = setTimeout(reopen, pause);
    else {
      close();
      listener.onMissing(why);
    }
  };
  const open = () => {
    const opened = new EventSource(address);
    source = opened;
    for (const type of Object.keys(types)) opened.addEventListener(type, take);
    opened.addEventListener("open", () => listener.onConnection("open"));
    opened.addEventListener("error", () => {
      if (closed || opened !== source) return;
      listener.onConnection("lost");
      if (opened.readyState === EventSource.CLOSED) timer = setTimeout(reopen, pause / 4);
    });
  };
  const attend = () => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
    if (!document.hidden) open();
  };
  document.addEventListener("visibilitychange", attend);
  if (!document.hidden) open();
  return () => {
    close();
    batch.drop();
  };
}

/** Gathers events and hands them on once a frame. */
function createBatch(hand: (events: readonly RoundEvent[]) => void) {
  let waiting: RoundEvent[] = [];
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    const events = waiting;
    waiting = [];
    hand(events);
  };
  return {
    add(event: RoundEvent) {
      waiting.push(event);
      if (waiting.length > 1) return;
      frame = requestAnimationFrame(flush);
      // A hidden page has no frames.
      timer = setTimeout(flush, pause);
    },
    drop() {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      waiting = [];
    },
  };
}
