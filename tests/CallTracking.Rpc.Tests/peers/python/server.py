"""usage: server.py DESCRIPTOR_SET [FOLDER OF PEM FILES]

Serves echo.proto on a free port and prints "listening PORT". Replies are compressed for clients that accept gzip.
"""
import sys
from concurrent import futures

import grpc

from protocol import ECHO, KINDS, Messages, server_credentials

MESSAGES = Messages(sys.argv[1])
FOLDER = sys.argv[2] if len(sys.argv) > 2 else None
REQUEST, REPLY = MESSAGES.type("calltracking.rpc.tests.EchoRequest"), MESSAGES.type("calltracking.rpc.tests.EchoReply")
STATUS, RETRY = MESSAGES.type("google.rpc.Status"), MESSAGES.type("google.rpc.RetryInfo")
CODES = {code.value[0]: code for code in grpc.StatusCode}


def behave(request, context):
    if request.behave == "fail":
        context.abort(CODES[request.number], request.text)
    elif request.behave == "fault":
        raise ValueError("the handler is broken")
    elif request.behave == "sleep":
        over = futures.Future()
        context.add_callback(lambda: over.set_result(None))
        over.result(30)


def details(context):
    status = STATUS(code=9, message="not yet")
    retry = RETRY()
    retry.retry_delay.seconds, retry.retry_delay.nanos = 1, 500_000_000
    status.details.add(type_url="type.googleapis.com/google.rpc.RetryInfo", value=retry.SerializeToString())
    context.set_trailing_metadata((("reason", "told-so"), ("grpc-status-details-bin", status.SerializeToString())))
    context.abort(grpc.StatusCode.FAILED_PRECONDITION, "not yet")


def answer(request):
    return REPLY(text=request.text, payload=request.payload, number=request.number)


def once(request, context):
    if request.behave == "details":
        details(context)
    if request.behave == "large":
        return REPLY(payload=bytes(request.number))
    if request.behave == "deadline":
        return REPLY(text="none" if context.time_remaining() is None or context.time_remaining() > 1e6 else "set")
    if request.behave == "metadata":
        context.set_trailing_metadata([pair for pair in context.invocation_metadata() if pair[0] in ("echo", "echo-bin")])
    behave(request, context)
    return answer(request)


def collect(requests, context):
    texts = []
    for request in requests:
        behave(request, context)
        texts.append(request.text)
    return REPLY(text=",".join(texts), number=len(texts))


def expand(request, context):
    for number in range(1, (2 if request.behave == "fail" else request.number) + 1):
        yield REPLY(text=request.text, number=number, payload=request.payload)
    behave(request, context)


def converse(requests, context):
    for request in requests:
        behave(request, context)
        yield answer(request)


HANDLERS = {"Once": once, "Collect": collect, "Expand": expand, "Converse": converse}
MAKERS = {
    (False, False): grpc.unary_unary_rpc_method_handler, (True, False): grpc.stream_unary_rpc_method_handler,
    (False, True): grpc.unary_stream_rpc_method_handler, (True, True): grpc.stream_stream_rpc_method_handler,
}

server = grpc.server(futures.ThreadPoolExecutor(max_workers=16), compression=grpc.Compression.Gzip)
server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(ECHO, {
    name: MAKERS[KINDS[name]](handler, REQUEST.FromString, REPLY.SerializeToString) for name, handler in HANDLERS.items()
})])
port = server.add_secure_port("127.0.0.1:0", server_credentials(FOLDER)) if FOLDER else server.add_insecure_port("127.0.0.1:0")
server.start()
print(f"listening {port}", flush=True)
server.wait_for_termination()
