import type { Terminal } from "../terminal.ts";

/** What a command gets beside its arguments. `signal` aborts at Ctrl-C. `exit` sets the code where it is not 0. */
export type CommandContext = {
  terminal: Terminal;
  signal: AbortSignal;
  printJson(document: unknown): void;
  exit(code: 1 | 2 | 130): void;
};

/** Examples at the end of a command's help. A line that begins with a space continues the one before it. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => (line.startsWith(" ") ? `  ${line}` : `  $ ${line}`)).join("\n")}\n`;
}
