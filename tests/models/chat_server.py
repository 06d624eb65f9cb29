"""An OpenAI-compatible chat server on the loopback, with faults on demand."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class ChatServer:
    """Answers `echo: <last user turn>` word by word; `script` lists what goes wrong first.

    Script entries, one a request: an HTTP status, `slow` (silence for 5 s), `garbage` (no JSON),
    `html`, `hangup`, `empty`, `truncated` (finish_reason length), `no-usage`.
    """

    def __init__(self, script=(), retry_after=None):
        self.script = list(script)
        self.retry_after = retry_after
        self.requests = []
        self.headers = []
        self.in_flight = 0
        self.most_in_flight = 0
        self.lock = threading.Lock()
        self.delay = 0.0
        self.url = ""


@contextmanager
def chat_server(*script, **options):  # noqa: C901
    state = ChatServer(script, **options)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args):
            pass

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with state.lock:
                state.requests.append(body)
                state.headers.append({k.lower(): v for k, v in self.headers.items()})
                step = state.script.pop(0) if state.script else "ok"
                state.in_flight += 1
                state.most_in_flight = max(state.most_in_flight, state.in_flight)
            try:
                time.sleep(state.delay)
                self.reply(body, step)
            except (BrokenPipeError, ConnectionResetError):
                pass
            finally:
                with state.lock:
                    state.in_flight -= 1

        def send(self, status, content, kind="application/json"):
            data = content.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            if state.retry_after is not None:
                self.send_header("Retry-After", str(state.retry_after))
            self.end_headers()
            self.wfile.write(data)

        def reply(self, body, step):
            if isinstance(step, int):
                key = self.headers.get("Authorization", "")
                return self.send(step, json.dumps({"error": {"message": f"status {step}: {key}"}}))
            if step == "slow":
                time.sleep(5)
                return None
            if step == "hangup":
                self.close_connection = True
                return self.connection.close()
            if step == "garbage":
                return self.send(200, '{"choices": [{"mess')
            if step == "html":
                return self.send(200, "<html>gateway</html>", "text/html")
            words = f"echo: {body['messages'][-1]['content']}".split(" ")
            if step == "empty":
                words = []
            finish = "length" if step == "truncated" else "stop"
            usage = {
                "prompt_tokens": 11,
                "completion_tokens": len(words),
                "total_tokens": 11 + len(words),
            }
            if body.get("stream"):
                return self.stream(words, finish, usage if step != "no-usage" else None)
            reply = {
                "id": "1", "object": "chat.completion", "created": 1, "model": body["model"],
                "choices": [{"index": 0, "finish_reason": finish,
                             "message": {"role": "assistant", "content": " ".join(words)}}],
            }  # fmt: skip
            if step != "no-usage":
                reply["usage"] = usage
            return self.send(200, json.dumps(reply))

        def stream(self, words, finish, usage):
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()

            def event(choices, **more):
                chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m",
                         "choices": choices, **more}  # fmt: skip
                self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
                self.wfile.flush()

            for number, word in enumerate(words):
                text = word if number == 0 else f" {word}"
                event([{"index": 0, "delta": {"role": "assistant", "content": text}}])
                time.sleep(0.005)
            event([{"index": 0, "delta": {}, "finish_reason": finish}])
            if usage:
                event([], usage=usage)
            self.wfile.write(b"data: [DONE]\n\n")
            self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
