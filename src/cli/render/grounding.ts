import { type Round, tellGrounding } from "#contracts";
import { hang, plain, type Terminal, wrap } from "../terminal.ts";

const sentencesShown = 10;

/** How much of an answer the evidence bears, and which sentences it does not. */
export function renderGrounding(
  { answer, grounding }: Pick<Round, "answer" | "grounding">,
  terminal: Terminal,
): string[] {
  const told = tellGrounding({ text: answer, grounding });
  if (!told) return [];
  const { summary, invented, unsupported } = told;
  const left = unsupported.length - sentencesShown;
  const lines = [
    ...unsupported
      .slice(0, sentencesShown)
      .map(({ text, instead }) => `Not borne out: “${text}”${instead === null ? "" : ` (${instead})`}`),
    ...(left > 0 ? [`… and ${left} more; --json lists all.`] : []),
    ...(invented === "" ? [] : [invented]),
  ];
  return [
    ...(summary === "" ? [] : [terminal.paint("quiet", wrap(plain(summary), terminal.width))]),
    ...lines.map((line) =>
      terminal.paint("doubt", hang(plain(line).replace(/\s+/g, " "), terminal.width, "  ")),
    ),
  ];
}
