"""The OpenAPI document: complete, without contradictions, and the burden of a step is counted in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.stack import Stack

METHODS = {"get", "post", "put", "patch", "delete"}
MOST_FIELDS = 6
"""Promise 8: trace is a by-product of work, not paperwork."""

HISTORY = "/imports"
"""Facts of other systems are no step of anybody's work."""


@pytest.fixture(scope="module")
def document(platform: Stack) -> dict[str, Any]:
    found: dict[str, Any] = platform.http.get("/openapi.json").json()
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in METHODS:
                yield path, method, operation


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for each in value.values():
            yield from references(each)
    if isinstance(value, list):
        for each in value:
            yield from references(each)


def resolve(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    found = schema
    if "$ref" in schema:
        found = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
    return found


def mandatory(document: dict[str, Any], schema: dict[str, Any]) -> int:
    """How many values must be given, those of mandatory parts included."""
    known = resolve(document, schema)
    parts = [known["properties"][name] for name in known.get("required", [])]
    return sum(max(1, mandatory(document, part)) for part in parts)


def test_the_document_is_of_openapi_3_1_and_names_itself(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert document["info"]["title"]
    assert document["info"]["version"]


def test_every_operation_has_an_id_of_its_own_and_says_what_it_does(document: dict[str, Any]) -> None:
    ids = Counter(operation["operationId"] for _, _, operation in operations(document))
    assert [name for name, times in ids.items() if times > 1] == []
    assert len(ids) > 40
    for path, method, operation in operations(document):
        assert operation.get("summary"), f"{method} {path}"
        assert operation.get("description"), f"{method} {path} has no docstring"
        assert operation.get("tags"), f"{method} {path}"


def test_every_service_is_in_it(document: dict[str, Any]) -> None:
    services = {path.split("/")[1] for path in document["paths"]}
    assert services == {"intake", "routing", "oversight", "revisit", "notification", "audit"}


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for reference in references(document):
        assert resolve(document, {"$ref": reference})


def test_the_parameters_of_a_path_are_those_of_its_operations(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        declared = {p["name"] for p in operation.get("parameters", []) if p["in"] == "path"}
        assert declared == set(re.findall(r"\{(\w+)\}", path)), f"{method} {path}"


def test_every_operation_says_that_refusals_are_problem_details(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        codes = operation["responses"]
        assert any(code.startswith("2") for code in codes), f"{method} {path}"
        assert "application/problem+json" in codes["4XX"]["content"], f"{method} {path}"
        assert "422" not in codes, f"{method} {path} promises a shape that nobody sends"


def test_every_body_refuses_fields_that_it_does_not_know(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        if "requestBody" in operation:
            schema = resolve(document, operation["requestBody"]["content"]["application/json"]["schema"])
            assert schema.get("additionalProperties") is False, f"{method} {path}"


def test_no_step_demands_more_than_six_values(document: dict[str, Any]) -> None:
    counted = {
        path: mandatory(document, operation["requestBody"]["content"]["application/json"]["schema"])
        for path, _, operation in operations(document)
        if "requestBody" in operation and not path.endswith(HISTORY)
    }
    assert counted["/intake/v1/cases"] == 3
    assert {path: fields for path, fields in counted.items() if fields > MOST_FIELDS} == {}
