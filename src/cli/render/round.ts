import { type Exclusions, medicalNotice, type Round, type RoundEvent } from "#contracts";
import { plain, type Terminal, type Tone, wrap } from "../terminal.ts";
import { renderCase, renderPassage } from "./evidence.ts";

const timeWidth = 8;
const stepWidth = "Found similar cases".length;

/** Tells a round as it happens, a line a step with its time. Feed it every event in order. */
export function createRoundTeller(terminal: Terminal): (event: RoundEvent) => void {
  const queries = new Map<string, string>();
  const say = ({ at }: RoundEvent, what: string, detail: string, tone: Tone = "accent") => {
    const time = terminal.paint("quiet", `${(at / 1000).toFixed(2)} s`.padStart(timeWidth));
    const indent = timeWidth + stepWidth + 4;
    const [first = "", ...more] = wrap(plain(detail), terminal.width - indent).split("\n");
    terminal.write(`${time}  ${terminal.paint(tone, what.padEnd(stepWidth))}  ${first}`);
    for (const line of more) terminal.write(`${" ".repeat(indent)}${line}`);
  };
  return (event) => {
    switch (event.type) {
      case "round-start":
        if (event.question.text !== "") {
          terminal.write(terminal.paint("strong", wrap(plain(event.question.text), terminal.width)));
        }
        for (const { label, text } of event.question.options)
          terminal.write(`  ${plain(label)}  ${plain(text)}`);
        terminal.write("");
        return;
      case "image-inspected":
        say(
          event,
          "Looked",
          [`${event.name}, ${event.width} × ${event.height}, ${event.color}`, ...event.notes].join(" · "),
        );
        return;
      case "query-issued":
        queries.set(`${event.step} ${event.call}`, event.query);
        return;
      case "cases-retrieved":
        say(
          event,
          "Found similar cases",
          [`${event.evidence.length} of ${event.searched}`, ...sayExclusions(event.excluded)].join(" · "),
        );
        return;
      case "passages-retrieved": {
        const query = queries.get(`${event.step} ${event.call}`) ?? "";
        const found = event.evidence.length === 0 ? "nothing found" : `${event.evidence.length} passages`;
        say(
          event,
          "Looked up",
          `“${shorten(query)}” · ${found}`,
          event.evidence.length === 0 ? "doubt" : "accent",
        );
        return;
      }
      case "data-sent":
        say(
          event,
          "Sent",
          `${event.images} images and ${event.characters} characters to ${event.host}`,
          event.loopback ? "quiet" : "doubt",
        );
        return;
      case "action-invalid":
        say(event, "Asked again", event.hint, "doubt");
        return;
      case "failure":
        say(event, "Failed", `${event.failure.message} ${event.failure.cure}`, "failure");
        return;
      case "answer-final": {
        const { abstained, confidence } = event.answer;
        const sure = confidence === null ? "confidence not measured" : `confidence ${confidence.toFixed(2)}`;
        say(event, abstained ? "Abstained" : "Answered", sure, abstained ? "doubt" : "accent");
        return;
      }
    }
  };
}

function sayExclusions({ sameImage, samePatient, sameSlide }: Exclusions): string[] {
  return [
    ...(sameImage > 0 ? ["the image itself left out"] : []),
    ...(samePatient > 0 ? [`${samePatient} of the same patient left out`] : []),
    ...(sameSlide > 0 ? [`${sameSlide} of the same slide left out`] : []),
  ];
}

/** The answer of a finished round with its differential, its evidence and the notice. */
export function renderRound(round: Round, terminal: Terminal): string[] {
  const { model } = round;
  const answered = round.outcome === "answered" || round.outcome === "abstained";
  return [
    "",
    ...(answered ? [terminal.paint("strong", wrap(plain(round.answer), terminal.width))] : []),
    ...renderDifferential(round, terminal),
    ...renderCited(round, terminal),
    "",
    terminal.paint(
      "quiet",
      wrap(`By the ${plain(model.description)}. ${sayDestinations(round)}`, terminal.width),
    ),
    terminal.paint("quiet", wrap(medicalNotice, terminal.width)),
  ];
}

function sayDestinations({ events }: Round): string {
  const hosts = events.flatMap((event) =>
    event.type === "data-sent" && !event.loopback ? [event.host] : [],
  );
  return hosts.length === 0 ? "Nothing left this machine." : `Sent to ${[...new Set(hosts)].join(", ")}.`;
}

const barWidth = 24;

function renderDifferential({ differential }: Round, terminal: Terminal): string[] {
  if (differential.length === 0) return [];
  const nameWidth = Math.min(40, Math.max(...differential.map(({ label }) => plain(label).length)));
  const lines = differential.map(({ label, probability, interval: [low, high] }) => {
    const filled = Math.round(probability * barWidth);
    const bar = `${terminal.paint("accent", "█".repeat(filled))}${terminal.paint("quiet", "·".repeat(barWidth - filled))}`;
    const numbers = `${probability.toFixed(2)}  ${terminal.paint("quiet", `${low.toFixed(2)}–${high.toFixed(2)}`)}`;
    return `  ${plain(label).slice(0, nameWidth).padEnd(nameWidth)}  ${bar}  ${numbers}`;
  });
  return ["", terminal.paint("quiet", "Differential, with 95 % intervals"), ...lines];
}

function renderCited(round: Round, terminal: Terminal): string[] {
  const cited = new Set(round.citations.map(({ evidence }) => evidence));
  const evidence = round.evidence.filter(({ number }) => cited.has(number));
  const lines = evidence.flatMap((item) => {
    if (item.type === "case") return [renderCase({ terminal, ...item })];
    const spans = round.citations.flatMap(({ evidence: number, start, end }) =>
      number === item.number && start !== null && end !== null ? [{ start, end }] : [],
    );
    return renderPassage({ terminal, number: item.number, passage: item.passage, cited: spans });
  });
  const others = round.evidence.length - evidence.length;
  if (round.evidence.length === 0)
    return ["", terminal.paint("doubt", "There is no evidence for this answer.")];
  return [
    "",
    terminal.paint(
      "quiet",
      `Evidence cited${others > 0 ? `; ${others} more retrieved (--json shows all)` : ""}`,
    ),
    ...lines,
  ];
}

function shorten(text: string): string {
  return text.length <= 90 ? text : `${text.slice(0, 90)}…`;
}
