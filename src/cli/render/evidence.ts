import type { Case, Label, Passage } from "#contracts";
import { plain, type Terminal, wrap } from "../terminal.ts";

/** A passage as its title, its text with the cited spans marked, and where it stands. */
export function renderPassage(request: {
  terminal: Terminal;
  number: number;
  passage: Passage;
  cited?: readonly { start: number; end: number }[];
}): string[] {
  const { terminal, number, passage, cited = [] } = request;
  const { title, headings, text, source, corpus } = passage;
  const path = [title, ...headings.filter((heading) => heading !== title)].map(plain).join(" · ");
  const indent = "   ";
  const excerpt = cited.length > 0 ? cited.map(({ start, end }) => text.slice(start, end)) : [shorten(text)];
  return [
    `${terminal.paint("accent", String(number).padStart(2))} ${terminal.paint("strong", path)}`,
    ...excerpt.map((part) => wrap(plain(part), terminal.width, indent)),
    terminal.paint(
      "quiet",
      wrap(
        `${plain(corpus)}, ${plain(source.file)}, characters ${source.start}–${source.end}`,
        terminal.width,
        indent,
      ),
    ),
  ];
}

/** A case as one line: number, id, score and the labels that are present or uncertain. */
export function renderCase(request: {
  terminal: Terminal;
  number: number;
  case: Case;
  score: number;
}): string {
  const { terminal, number, score } = request;
  const { id, labels } = request.case;
  const named = labels.filter(({ status }) => status !== "absent");
  const said = named.length === 0 ? "no labels" : named.map(renderLabel).join(", ");
  const score_ = terminal.paint("quiet", score.toFixed(2));
  return `${terminal.paint("accent", String(number).padStart(2))} ${plain(id)}  ${score_}  ${said}`;
}

function renderLabel({ name, status }: Label): string {
  return status === "present" ? plain(name) : `${plain(name)} (${status})`;
}

function shorten(text: string): string {
  return text.length <= 320 ? text : `${text.slice(0, 320).replace(/\s+\S*$/, "")} …`;
}
