import type { ConversationMessage } from "./conversation.ts";
import type { MeasuredImage } from "./measure-images.ts";

/** One request as the log holds it: sizes and settings, neither texts nor images. */
export type LogEntry = {
  at: string;
  door: string;
  status: number;
  /** Why it was refused. */
  problem?: string;
  model?: string;
  stream?: boolean;
  messages?: readonly { role: ConversationMessage["role"]; characters: number; images: number }[];
  images?: readonly MeasuredImage[];
  tools?: readonly string[];
  rule?: string | null;
  fault?: string | null;
  outputTokens?: number;
  milliseconds: number;
  /** Whether the client left before the end. */
  abandoned: boolean;
};
