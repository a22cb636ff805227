import { useEffect, useState } from "react";
import type { ApiFailure } from "../api.ts";
import { type Connection, followRound } from "./round-stream.ts";
import { applyEvents, emptyRound, type RoundView } from "./round-view.ts";

export type FollowedRound = { view: RoundView; connection: Connection; missing: ApiFailure | null };

const nothing: FollowedRound = { view: emptyRound, connection: "connecting", missing: null };

/** Follows a round to its end; null follows none. */
export function useRound(id: string | null): FollowedRound {
  const [followed, setFollowed] = useState({ id, ...nothing });
  useEffect(() => {
    if (id === null) return;
    setFollowed({ id, ...nothing });
    return followRound(id, {
      onEvents: (events) => setFollowed((now) => ({ ...now, view: applyEvents(now.view, events) })),
      onConnection: (connection) => setFollowed((now) => ({ ...now, connection })),
      onMissing: (missing) => setFollowed((now) => ({ ...now, missing })),
    });
  }, [id]);
  // Between the change of the address and the first event, nothing of the round before is shown.
  return followed.id === id ? followed : nothing;
}
