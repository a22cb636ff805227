import { stripVTControlCharacters, styleText } from "node:util";

export type Tone = "strong" | "quiet" | "accent" | "doubt" | "failure";

const formats = { strong: "bold", quiet: "dim", accent: "cyan", doubt: "yellow", failure: "red" } as const;

/** Where words for people go: its width in characters, and what colors it shows. */
export type Terminal = {
  width: number;
  paint(tone: Tone, text: string): string;
  write(line: string): void;
};

/** Color only on a terminal, and by NO_COLOR and FORCE_COLOR; 80 to 100 columns where the width is unknown or large. */
export function openTerminal(stream: NodeJS.WriteStream): Terminal {
  const width = Math.min(100, Math.max(40, stream.columns ?? 80));
  return {
    width,
    paint: (tone, text) => styleText(formats[tone], text, { stream }),
    write: (line) => stream.write(`${line}\n`),
  };
}

/** Text from a library, a file or a model without anything that could steer a terminal: escape sequences, control and bidirectional marks. */
export function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\t\r\n]+/g, " ")
    .replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "");
}

/** Breaks text at spaces into lines of at most `width` characters; a longer word is cut. */
export function wrap(text: string, width: number, indent = ""): string {
  const room = Math.max(10, width - indent.length);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    let rest = word;
    if (line !== "" && line.length + 1 + rest.length > room) {
      lines.push(line);
      line = "";
    }
    while (rest.length > room) {
      lines.push(rest.slice(0, room));
      rest = rest.slice(room);
    }
    line = line === "" ? rest : `${line} ${rest}`;
  }
  if (line !== "") lines.push(line);
  return lines.map((part) => indent + part).join("\n");
}

/** Wraps text that begins in a line after `indent.length` characters: all lines but the first are indented. */
export function hang(text: string, width: number, indent: string): string {
  return wrap(text, width, indent).slice(indent.length);
}
