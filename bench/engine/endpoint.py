"""A small OpenAI-compatible endpoint: chat completions, streamed or whole, with stop strings, log-probabilities and continued turns."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def cut_at(text, stops):
    """(the text before the first stop string, whether there was one)."""
    ends = [text.index(stop) for stop in stops if stop in text]
    return (text[: min(ends)], True) if ends else (text, False)


def serve(reply, port, model):
    """`reply(body)` gives {"text", "finish", "tokens": [{token, logprob, top_logprobs}], "read": tokens of the prompt}."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def send(self, status, kind, data):
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_GET(self):
            self.send(200, "application/json", json.dumps({"object": "list", "data": [{"id": model, "object": "model"}]}).encode())

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            said = reply(body)
            logprobs = {"content": said["tokens"]} if body.get("logprobs") else None
            usage = {"prompt_tokens": said["read"], "completion_tokens": len(said["tokens"])}
            usage["total_tokens"] = sum(usage.values())
            whole = {"id": "1", "created": 0, "model": model}
            if not body.get("stream"):
                choice = {"index": 0, "message": {"role": "assistant", "content": said["text"]}, "logprobs": logprobs, "finish_reason": said["finish"]}
                data = {**whole, "object": "chat.completion", "choices": [choice], "usage": usage}
                return self.send(200, "application/json", json.dumps(data).encode())
            whole["object"] = "chat.completion.chunk"
            choices = [{"index": 0, "delta": {"role": "assistant", "content": said["text"]}, "logprobs": logprobs, "finish_reason": None}]
            end = [{"index": 0, "delta": {}, "finish_reason": said["finish"]}]
            events = [{**whole, "choices": choices}, {**whole, "choices": end}, {**whole, "choices": [], "usage": usage}]
            data = "".join(f"data: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n\n"
            self.send(200, "text/event-stream", data.encode())

    ThreadingHTTPServer.request_queue_size = 256
    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


def text_of(message):
    content = message["content"] or ""
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)
