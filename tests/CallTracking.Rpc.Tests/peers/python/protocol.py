"""What the client and the server of this peer share: messages made from a descriptor set, and credentials."""
import pathlib

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

KINDS = {  # method -> (client streams, server streams)
    "Once": (False, False), "Collect": (True, False), "Expand": (False, True), "Converse": (True, True), "Missing": (False, False),
}
ECHO = "calltracking.rpc.tests.Echo"


class Messages:
    """Message classes by full name; no generated code is needed."""

    def __init__(self, descriptor_set):
        self._pool = descriptor_pool.DescriptorPool()
        files = descriptor_pb2.FileDescriptorSet.FromString(pathlib.Path(descriptor_set).read_bytes())
        for file in files.file:
            self._pool.Add(file)
        self._factory = message_factory.MessageFactory(self._pool)

    def type(self, name):
        return self._factory.GetPrototype(self._pool.FindMessageTypeByName(name))


def pem(folder, name):
    return (pathlib.Path(folder) / name).read_bytes()


def channel(address, folder, with_certificate=True, options=(), compression=None):
    if not folder:
        return grpc.insecure_channel(address, options, compression)
    own = (pem(folder, "client.key"), pem(folder, "client.pem")) if with_certificate else (None, None)
    return grpc.secure_channel(address, grpc.ssl_channel_credentials(pem(folder, "root.pem"), *own), options, compression)


def server_credentials(folder):
    pair = (pem(folder, "server.key"), pem(folder, "server.pem"))
    return grpc.ssl_server_credentials([pair], pem(folder, "root.pem"), require_client_auth=True)
