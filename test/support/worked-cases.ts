import type { Trajectory } from "#training";

/** A case of docs/rewards.md: what is scored by the reward or profile of that name, and what must come out. */
export type WorkedCase = { name: string; row: string; trajectory: Trajectory; expected: number | null };

const options = ["Pneumonia", "Pulmonary embolism", "Aortic dissection", "Normal"].map((text, index) => ({
  label: "ABCD"[index]!,
  text,
}));

/** The cases of all tables whose first column is the transcript, under the last heading before each. */
export function readWorkedCases(markdown: string): WorkedCase[] {
  const cases: WorkedCase[] = [];
  let name = "";
  let isCase = false;
  for (const line of markdown.split("\n")) {
    name = /^#+ `([^`]+)`/.exec(line)?.[1] ?? name;
    if (!line.startsWith("|")) isCase = false;
    else if (line.startsWith("| transcript ")) isCase = true;
    else if (isCase && !line.startsWith("| ---")) cases.push(readRow(name, line));
  }
  return cases;
}

function readRow(name: string, line: string): WorkedCase {
  const [transcript = "", right = "", measured = "", value = ""] = line
    .split("|")
    .slice(1)
    .map((cell) => cell.trim());
  return {
    name,
    row: `${transcript} → ${value}`,
    trajectory: {
      id: "case",
      question: "What does the scan show?",
      options: right.includes("no options") ? [] : options,
      gold: readGold(right),
      transcript: writeTranscript(transcript),
      ...readMeasured(measured),
    },
    expected: value === "–" ? null : Number(value),
  };
}

export function writeTranscript(notation: string): Trajectory["transcript"] {
  let text = "";
  const environment: { start: number; end: number }[] = [];
  for (const part of notation.split(" · ")) {
    const [, verb = "", given] = /^(\w+)(?: "(.*)")?/s.exec(part) ?? [];
    const content = (given ?? "The scan is looked at.").replaceAll("⏎", "\n");
    const letters = /^write (\d+) letters$/.exec(part)?.[1];
    const start = text.length;
    if (letters !== undefined) text += "x".repeat(Number(letters));
    else if (verb === "write") text += content;
    else text += `<${tagOf(verb)}>${content}</${tagOf(verb)}>`;
    if (verb === "find") environment.push({ start, end: text.length });
  }
  return { text, environment, grammar: "med-rwr" };
}

function tagOf(verb: string): string {
  const tags: Record<string, string> = {
    think: "think",
    ask: "query",
    find: "retrieve",
    invent: "retrieve",
    answer: "answer",
  };
  const tag = tags[verb];
  if (tag === undefined) throw new Error(`No element is called ${verb}.`);
  return tag;
}

const quoted = (text = "") => Array.from(text.matchAll(/"([^"]*)"/g), (match) => match[1]!);

function readGold(cell: string): Trajectory["gold"] {
  const [first = "", ...others] = cell.split(" · ");
  const of = (word: string) => quoted(others.find((part) => part.startsWith(`${word} `)));
  return {
    label: /^([A-J])(?:,|$)/.exec(first)?.[1],
    text: /^"(.*)"/.exec(first)?.[1],
    aliases: of("also"),
    entities: of("entities"),
    sources: of("sources"),
  };
}

function readMeasured(cell: string): Pick<Trajectory, "retrieved" | "images" | "measured"> {
  const partOf = (word: string) =>
    cell
      .split(" · ")
      .find((part) => part.startsWith(`${word} `))
      ?.slice(word.length + 1);
  const probabilities = (word: string) => {
    const part = partOf(word)?.split(", ");
    if (part === undefined) return undefined;
    return Object.fromEntries(
      part.map((one) => [one.split(" ")[0]!, Math.log(Number(one.split(" ")[1]))] as const),
    );
  };
  const documents = Array.from(cell.matchAll(/"([^"]*)": "([^"]*)"/g), ([, id, title]) => ({
    id: id!,
    title: title!,
    text: "",
  }));
  const numbersOf = (word: string) => partOf(word)?.split(", ").map(Number);
  const ratings = Object.entries({
    rating: "answer",
    coherence: "coherence",
    depth: "depth",
    safety: "safety",
  })
    .map(([word, name]) => [name, partOf(word)] as const)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, Number(value)] as const);
  return {
    retrieved: documents.length === 0 ? [] : [{ query: "", documents }],
    images: Number(partOf("images") ?? 1),
    measured: {
      optionsBefore: probabilities("before"),
      optionsAfter: probabilities("after"),
      imageSimilarity: numbersOf("cosines"),
      claimSupport: numbersOf("claims")?.map((support) => ({ claim: "", support })),
      ratings: ratings.length === 0 ? undefined : Object.fromEntries(ratings),
    },
  };
}
