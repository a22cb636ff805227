/** No event of a model server is longer, in characters; its raw bytes are bounded where they arrive. */
const longestEvent = 16 * 1024 * 1024;

/**
 * The data of server-sent events (WHATWG HTML, section 9.2) as parsed JSON, up to `[DONE]` or the end. Throws a `SyntaxError` for
 * data that is none.
 */
export async function* readServerEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown, void> {
  const decoder = new TextDecoder();
  let rest = "";
  let data: string[] = [];
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split(/\r\n|\r(?!$)|\n/);
    rest = lines.pop() ?? "";
    if (rest.length > longestEvent) throw new SyntaxError("An event is too long.");
    for (const line of lines) {
      if (line.startsWith("data:")) data.push(line.slice(line[5] === " " ? 6 : 5));
      if (line !== "" || data.length === 0) continue;
      const content = data.join("\n");
      data = [];
      if (content === "[DONE]") return;
      yield JSON.parse(content);
    }
  }
}
