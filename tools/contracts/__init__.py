"""The contract generator: .proto in; dataclasses, conversions and the event catalogue out."""
