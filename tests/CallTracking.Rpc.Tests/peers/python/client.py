"""usage: client.py HOST:PORT DESCRIPTOR_SET [FOLDER OF PEM FILES]

Plays every scenario against the server there and prints one JSON object: scenario -> what came of it.
"""
import json
import sys
import threading
import time
import traceback

import grpc

from protocol import ECHO, Messages, channel

ADDRESS, FOLDER = sys.argv[1], sys.argv[3] if len(sys.argv) > 3 else None
MESSAGES = Messages(sys.argv[2])
REQUEST, REPLY = MESSAGES.type("calltracking.rpc.tests.EchoRequest"), MESSAGES.type("calltracking.rpc.tests.EchoReply")
CHANNEL = channel(ADDRESS, FOLDER)
PATIENT = 20
KIB100 = b"x" * 100_000
MIB5 = 5 * 1024 * 1024


def once(method="Once", service=ECHO, on=CHANNEL):
    return on.unary_unary(f"/{service}/{method}", REQUEST.SerializeToString, REPLY.FromString)


def collect():
    return CHANNEL.stream_unary(f"/{ECHO}/Collect", REQUEST.SerializeToString, REPLY.FromString)


def expand():
    return CHANNEL.unary_stream(f"/{ECHO}/Expand", REQUEST.SerializeToString, REPLY.FromString)


def converse():
    return CHANNEL.stream_stream(f"/{ECHO}/Converse", REQUEST.SerializeToString, REPLY.FromString)


def failure(call):
    """The error that a call must end with."""
    try:
        call()
    except grpc.RpcError as error:
        return error
    raise AssertionError("the call ended with OK")


def code(error):
    return error.code().value[0]


def drain(call):
    numbers = []
    try:
        for reply in call:
            numbers.append(reply.number)
    except grpc.RpcError as error:
        return numbers, error
    return numbers, None


def play_once():
    reply = once()(REQUEST(text="grüß 東京", number=7), timeout=PATIENT)
    return {"text": reply.text, "number": reply.number}


def play_fail():
    error = failure(lambda: once()(REQUEST(behave="fail", number=3, text="Größe 100 % 漢字"), timeout=PATIENT))
    return {"code": code(error), "details": error.details()}


def play_fault():
    return {"code": code(failure(lambda: once()(REQUEST(behave="fault"), timeout=PATIENT)))}


def play_deadline():
    return {"code": code(failure(lambda: once()(REQUEST(behave="sleep"), timeout=0.4)))}


def play_cancel():
    call = once().future(REQUEST(behave="sleep"), timeout=PATIENT)
    time.sleep(0.3)
    call.cancel()
    return {"code": code(call)}


def play_gzip():
    with channel(ADDRESS, FOLDER, compression=grpc.Compression.Gzip) as zipped:
        return {"same": once(on=zipped)(REQUEST(payload=KIB100), timeout=PATIENT).payload == KIB100}


def play_oversizeRequest():
    return {"code": code(failure(lambda: once()(REQUEST(payload=b"x" * MIB5), timeout=PATIENT)))}


def play_oversizeReply():
    return {"code": code(failure(lambda: once()(REQUEST(behave="large", number=MIB5), timeout=PATIENT)))}


def play_collect():
    reply = collect()(iter([REQUEST(text=text) for text in "abc"]), timeout=PATIENT)
    return {"text": reply.text, "number": reply.number}


def play_collectNothing():
    reply = collect()(iter([]), timeout=PATIENT)
    return {"text": reply.text, "number": reply.number}


def play_earlyError():
    ended = threading.Event()

    def requests():
        yield REQUEST(behave="fail", number=9, text="enough")
        while not ended.wait(0.001):
            yield REQUEST(payload=KIB100)

    error = failure(lambda: collect()(requests(), timeout=PATIENT))
    ended.set()
    return {"code": code(error), "details": error.details()}


def play_expand():
    numbers, error = drain(expand()(REQUEST(number=3), timeout=PATIENT))
    return {"numbers": numbers, "code": code(error) if error else 0, "details": None}


def play_streamError():
    numbers, error = drain(expand()(REQUEST(behave="fail", number=15, text="torn"), timeout=PATIENT))
    return {"numbers": numbers, "code": code(error), "details": error.details()}


def play_streamDeadline():
    numbers, error = drain(expand()(REQUEST(behave="sleep", number=2), timeout=2))
    return {"numbers": numbers, "code": code(error)}


def play_converse():
    answered = threading.Semaphore(1)

    def requests():
        for number in range(1, 6):
            answered.acquire()
            yield REQUEST(number=number)

    numbers = []
    call = converse()(requests(), timeout=PATIENT)
    for reply in call:
        numbers.append(reply.number)
        answered.release()
    return {"numbers": numbers, "code": code(call)}


def play_converseCancel():
    over = threading.Event()

    def requests():
        yield REQUEST(number=1)
        over.wait(PATIENT)

    call = converse()(requests(), timeout=PATIENT)
    numbers = [next(call).number]
    call.cancel()
    over.set()
    return {"numbers": numbers, "code": code(call)}


def play_missingMethod():
    return {"code": code(failure(lambda: once("Missing")(REQUEST(), timeout=PATIENT)))}


def play_missingService():
    return {"code": code(failure(lambda: once(service="calltracking.rpc.tests.Unserved")(REQUEST(), timeout=PATIENT)))}


def play_metadata():
    sent = (("echo", "a, b;c"), ("echo-bin", bytes([0, 255, 1, 254])))
    _, call = once().with_call(REQUEST(behave="metadata"), metadata=sent, timeout=PATIENT)
    trailers = dict(call.trailing_metadata())
    return {"text": trailers["echo"], "bytes": list(trailers["echo-bin"])}


def play_details():
    error = failure(lambda: once()(REQUEST(behave="details"), timeout=PATIENT))
    trailers = dict(error.trailing_metadata())
    status = MESSAGES.type("google.rpc.Status").FromString(trailers["grpc-status-details-bin"])
    return {
        "code": code(error), "reason": trailers["reason"],
        "named": status.details[0].type_url == "type.googleapis.com/google.rpc.RetryInfo" and status.code == 9,
    }


def play_health():
    request, reply = (MESSAGES.type(f"grpc.health.v1.HealthCheck{kind}") for kind in ("Request", "Response"))
    check = CHANNEL.unary_unary("/grpc.health.v1.Health/Check", request.SerializeToString, reply.FromString)
    watch = CHANNEL.unary_stream("/grpc.health.v1.Health/Watch", request.SerializeToString, reply.FromString)
    whole = check(request(), timeout=PATIENT).status
    unknown = code(failure(lambda: check(request(service="x"), timeout=PATIENT)))
    watching = watch(request(service="x"), timeout=PATIENT)
    watched = next(watching).status
    watching.cancel()
    return {"whole": whole, "unknown": unknown, "watched": watched}


def play_reflection():
    request, reply = (MESSAGES.type(f"grpc.reflection.v1.ServerReflection{kind}") for kind in ("Request", "Response"))
    ask = CHANNEL.stream_stream(
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", request.SerializeToString, reply.FromString)
    listed, found, unknown = ask(iter([
        request(list_services=""), request(file_containing_symbol=f"{ECHO}.Once"), request(file_by_filename="none.proto"),
    ]), timeout=PATIENT)
    return {
        "services": [service.name for service in listed.list_services_response.service],
        "named": b"echo.proto" in found.file_descriptor_response.file_descriptor_proto[0],
        "unknown": unknown.error_response.error_code,
    }


def play_noCertificate():
    if not FOLDER:
        return {"code": 14}
    with channel(ADDRESS, FOLDER, with_certificate=False) as bare:
        return {"code": code(failure(lambda: once(on=bare)(REQUEST(), timeout=5)))}


def main():
    report = {}
    for name, play in [(name[5:], play) for name, play in globals().items() if name.startswith("play_")]:
        try:
            report[name] = play()
        except Exception:
            report[name] = {"broken": traceback.format_exc()}
    print(json.dumps(report))


main()
