import type { Grammar } from "../../src/transcript/index.ts";

/** A message as a chat template writes it, its images left out. */
export type SaidMessage = { role: "system" | "user" | "assistant" | "tool"; text: string };

const lookAlikes: Record<string, string> = {
  ...{ а: "a", е: "e", о: "o", р: "p", с: "c", у: "y", х: "x", н: "h", і: "i", т: "t", в: "b", м: "m" },
  ...{ "∕": "/", "⁄": "/", "∣": "|", "│": "|", "〈": "<", "〉": ">", "⟨": "<", "⟩": ">", "▁": "_" },
  ...{ ᴀ: "a", ᴇ: "e", ɪ: "i", ʀ: "r", ᴛ: "t", ᴠ: "v", "∶": ":", ː: ":" },
};

/** As a lenient reader sees a text: nothing invisible, no accents, no case, signs that look alike are the same, entities are read. */
function readLeniently(text: string): string {
  const plain = text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .normalize("NFKD")
    .replace(/(?!\n)\p{C}|\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{ASCII}]/gu, (sign) => lookAlikes[sign] ?? sign);
  return plain.replace(/&lt;?|&#0*60;?|&#x0*3c;?|\\u003c|%3c/g, "<").replace(/&gt;|&#62;|\\u003e|%3e/g, ">");
}

/** Marks that end what was quoted, in whichever chat template or grammar they have a meaning; any of them will do. */
const marks = [
  /<\s*\|[^<>\n]{0,40}(?:\||>)/,
  /<\s*\/?\s*(?:antml:)?(?:think|query|search|retrieve|information|answer|documents?|context|evidence|(?:search_)?results?)\b[^<>]{0,40}\/?>/,
  /<\s*\/?\s*(?:tool|function)\w{0,20}\b[^<>]{0,40}>/,
  /<\s*\/?\s*(?:invoke|parameter|system|user|assistant)\b[^<>]{0,40}>/,
  /<\s*\/?\s*(?:s|bos|eos|start_of_turn|end_of_turn|start_of_image|image)\s*>/,
  /<<\s*\/?\s*sys\s*>>/,
  /\[\s*\/?\s*(?:inst|system_prompt|tool_results|tool_calls|available_tools)\s*\]/,
  /(?<=^|\n)[ \t]*[#>*]*[ \t]*(?:human|user|assistant|system|developer)\**[ \t]*:/,
  /(?<=^|\n)[ \t]*#+[ \t]*(?:instruction|input|response)[ \t]*:/,
  /\b(?:user|assistant)[ \t]*:[ \t]*(?=\S)/,
];

/**
 * What a model hears that obeys whatever reaches it outside of what it was told to be evidence: the result of a tool, or an element
 * that `grammar` retrieves into. It is as gullible as can be: any mark of any template ends the evidence, however it is written.
 */
export function heardOutside(messages: readonly SaidMessage[], grammar: Grammar): string {
  const opening = grammar.tags.retrieve.open;
  const reader = new RegExp(
    `(?<opens>${opening.replace(/[|]/g, "\\|")})|(?:${marks.map(({ source }) => source).join("|")})`,
    "g",
  );
  return messages
    .flatMap(({ role, text }) => {
      const read = readLeniently(text);
      const outside: string[] = [];
      let quoted = role === "tool";
      let position = 0;
      for (const { 0: mark, index, groups } of read.matchAll(reader)) {
        if (!quoted) outside.push(read.slice(position, index));
        quoted = groups?.opens !== undefined;
        position = index + mark.length;
      }
      if (!quoted) outside.push(read.slice(position));
      return outside;
    })
    .join("\n");
}

/** Whether a text commands what the injections of the tests want, in plain words or encoded. */
export function commands(text: string): boolean {
  const decoded = (text.match(/[A-Za-z0-9+/=]{16,}/g) ?? []).map((part) =>
    Buffer.from(part, "base64").toString("latin1"),
  );
  const hexadecimal = text.replace(/\b([0-9a-f]{2})(?:\s|$)/gi, (_, byte: string) => {
    return String.fromCharCode(Number.parseInt(byte, 16));
  });
  const backwards = [...text].reverse().join("");
  return [text, hexadecimal, backwards, ...decoded].some((read) => /osprey/i.test(read));
}
