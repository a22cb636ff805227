import type { ChatModel } from "#models";
import type { RolloutMessage } from "#training";

type Messages = Parameters<ChatModel["stream"]>[0]["messages"];

/** Of what a round's model was sent: the system's text and the question. What a recipe looked up first stands in the transcript. */
export function promptOf(messages: Messages): Messages {
  return messages.slice(0, 2);
}

/** Messages with each image named by its place in the question. */
export function nameImages(messages: Messages): RolloutMessage[] {
  let image = 0;
  return messages.flatMap((message): RolloutMessage[] => {
    if (message.role === "system") return [{ role: "system", parts: [{ type: "text", text: message.text }] }];
    if (message.role !== "user") return [];
    const parts = message.parts.map((part) =>
      part.type === "text" ? { type: part.type, text: part.text } : { type: part.type, image: image++ },
    );
    return [{ role: "user", parts }];
  });
}
