import { medicalNotice, type Round } from "#contracts";
import { plain, type Terminal, wrap } from "../terminal.ts";
import { renderDifferential } from "./differential.ts";
import { renderCases, renderPage, renderPassage, renderRows } from "./evidence.ts";
import { renderGrounding } from "./grounding.ts";

/** The answer of a finished round with its differential, its evidence and the notice. */
export function renderRound(round: Round, terminal: Terminal): string[] {
  const answered = round.outcome === "answered" || round.outcome === "abstained";
  return [
    "",
    ...(answered ? [...renderAnswer(round, terminal), ""] : []),
    terminal.paint("quiet", wrap(sayOrigin(round), terminal.width)),
    terminal.paint("quiet", wrap(medicalNotice, terminal.width)),
  ];
}

function renderAnswer(round: Round, terminal: Terminal): string[] {
  const options = round.events.flatMap((event) =>
    event.type === "round-start" ? event.question.options : [],
  );
  return [
    terminal.paint("strong", wrap(plain(round.answer), terminal.width)),
    ...renderGrounding(round, terminal),
    ...renderDifferential(round.differential, { options, terminal }),
    "",
    ...renderCited(round, terminal),
  ];
}

/** Who answered, and what left the machine for it. */
function sayOrigin({ model, events }: Round): string {
  const hosts = events.flatMap((event) =>
    event.type === "data-sent" && !event.loopback ? [event.host] : [],
  );
  const sent =
    hosts.length === 0 ? "Nothing left this machine." : `Sent to ${[...new Set(hosts)].join(", ")}.`;
  return plain(`By ${model.name === null ? "the " : ""}${model.description}. ${sent}`);
}

function renderCited({ citations, evidence }: Round, terminal: Terminal): string[] {
  if (evidence.length === 0) return [terminal.paint("doubt", "There is no evidence for this answer.")];
  const numbers = new Set(citations.map((citation) => citation.evidence));
  const cited = evidence.filter(({ number }) => numbers.has(number));
  const others = evidence.length - cited.length;
  const texts = cited.flatMap((item) => {
    if (item.type === "case") return [];
    if (item.type === "rows") return renderRows({ ...item, terminal });
    const spans = citations.flatMap(({ evidence: number, start, end }) =>
      number === item.number && start !== null && end !== null ? [{ start, end }] : [],
    );
    return item.type === "page"
      ? renderPage({ terminal, number: item.number, page: item.page, cited: spans })
      : renderPassage({ terminal, number: item.number, passage: item.passage, cited: spans });
  });
  const heading =
    cited.length === 0
      ? `Evidence retrieved: ${others}, none of it cited (--json shows all)`
      : `Evidence cited${others > 0 ? `; ${others} more retrieved (--json shows all)` : ""}`;
  const cases = cited.filter((item) => item.type === "case");
  return [terminal.paint("quiet", heading), ...renderCases(cases, terminal), ...texts];
}
