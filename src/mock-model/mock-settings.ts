import type { Chance } from "./chance.ts";
import type { Conversation } from "./conversation.ts";
import type { Dialect } from "./dialects/dialect.ts";
import type { Door } from "./doors/door.ts";
import type { LogEntry } from "./log-entry.ts";
import type { Rule, Script, ScriptReply } from "./script.ts";

/** One request that was read and fits its schema. */
export type Exchange = {
  /** From 0, in order of arrival. */
  index: number;
  door: string;
  conversation: Conversation;
  /** The JSON as it came. */
  body: unknown;
  authorization: string | null;
};

export type MockSettings = {
  script: Script | ((exchange: Exchange) => ScriptReply);
  /** Names that are served; others get the vendor's error. */
  models: readonly string[] | "any";
  dialect: Dialect;
  doors: readonly Door[];
  pages: (path: string) => object | undefined;
  chance: Chance;
  /** Before the first byte of every reply. */
  latencyMilliseconds: number;
  tokensPerSecond: number | null;
  checksImages: boolean;
  uses: Map<Rule, number>;
  /** Requests so far that were read. */
  count: number;
  onLog?: (entry: LogEntry) => void;
  /** Takes an exchange whose client left before the reply had ended. */
  onGone?: (exchange: Exchange) => void;
};
