import type { RoundState, Turn } from "../policy.ts";
import type { ChatMessage, ChatPart } from "../ports.ts";

/** An image that a turn made, and the text that says in the transcript which it is. */
export type DerivedImage = { text: string; part: ChatPart };

export function derivedImages(turns: readonly Pick<Turn, "searches">[]): DerivedImage[] {
  return turns.flatMap(({ searches }) =>
    searches.flatMap(({ details, text }) => {
      if (details?.type !== "image") return [];
      const { bytes, mediaType } = details.image;
      return [{ text, part: { type: "image", bytes, mediaType } }];
    }),
  );
}

/** The images that a turn made as a turn of the user: not every server takes images in the result of a function. */
export function showDerived(turn: Pick<Turn, "searches">): ChatMessage[] {
  const images = derivedImages([turn]);
  if (images.length === 0) return [];
  const parts = images.flatMap(({ text, part }): ChatPart[] => [{ type: "text", text }, part]);
  return [{ role: "user", parts }];
}

/** Puts each image into the turn of the user that says which it is. */
export function placeDerived(
  messages: readonly ChatMessage[],
  { turns }: Pick<RoundState, "turns">,
): ChatMessage[] {
  const waiting = derivedImages(turns);
  return messages.map((message) => {
    if (message.role !== "user") return message;
    const said = message.parts.map((part) => (part.type === "text" ? part.text : "")).join("");
    const parts: ChatPart[] = [];
    while (waiting[0] && said.includes(waiting[0].text)) parts.push(waiting.shift()!.part);
    return parts.length === 0 ? message : { ...message, parts: [...message.parts, ...parts] };
  });
}
