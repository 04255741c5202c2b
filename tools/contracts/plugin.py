"""protoc plugin: reads descriptors from standard input, writes the generated modules to standard output."""

from __future__ import annotations

import sys

from google.protobuf.compiler.plugin_pb2 import CodeGeneratorRequest, CodeGeneratorResponse

from tools.contracts import registry, types, wire
from tools.contracts.model import read


def main() -> None:
    """Answer one CodeGeneratorRequest."""
    request = CodeGeneratorRequest.FromString(sys.stdin.buffer.read())
    files = [read(file) for file in request.proto_file if file.name in request.file_to_generate]
    files = [file for file in files if any(file.records)]
    homes = {f"{file.package}.{name}": file.module for file in files for name in file.names}
    response = CodeGeneratorResponse(supported_features=CodeGeneratorResponse.FEATURE_PROTO3_OPTIONAL)
    for file in files:
        stem = file.path.removesuffix(".proto")
        response.file.add(name=f"{stem}.py", content=types.render(file, homes))
        response.file.add(name=f"{stem}_wire.py", content=wire.render(file, homes))
    response.file.add(name="huiyin/registry.py", content=registry.render(files))
    sys.stdout.buffer.write(response.SerializeToString())


if __name__ == "__main__":
    main()
