"""POST /routing/v1/directory-imports: a directory from a CSV file, taken whole or refused whole."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from chassis.http.caller import Caller, officer
from chassis.http.problems import problem
from chassis.http.texts import plain
from chassis.workplace import Workplace
from routing.use_cases.directory_changes import Import

MAX_CHARACTERS = 4_000_000
"""Some 40,000 units: more than a province has. A larger directory comes in several files, superiors first."""


class DirectoryFile(BaseModel):
    """单位目录文件 A directory as a CSV file."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, AfterValidator(plain)] = Field(
        max_length=MAX_CHARACTERS,
        description="CSV 全文：unit_id, name, kind, level, division, organ_code 及可选的 parent_unit_id, "
        "system_parent_unit_id, capabilities（以分号分隔）。The whole CSV file.",
    )


def add_directory_imports(router: APIRouter, workplace: Workplace) -> None:
    """The import route."""
    imports = Import(workplace)

    @router.post("/directory-imports", operation_id="routing_import_directory", response_model=None)
    async def import_directory(
        body: DirectoryFile, caller: Annotated[Caller, Depends(officer)]
    ) -> dict[str, Any] | JSONResponse:
        """导入单位目录；有误则整份退回并列明每一处。Import a directory; refused whole with every fault listed."""
        done = await imports.run(caller, body.text)
        if isinstance(done, tuple):
            founded, known, position = done
            return {"founded": founded, "known": known, "position": f"routing:{position}"}
        return problem(
            422,
            "directory-file-faulty",
            f"单位目录文件有 {len(done)} 处错误，未导入任何单位。",
            f"The file has {len(done)} faults; nothing was imported.",
            faults=[
                {"at": f"{fault.line}/{fault.column}".rstrip("/"), "fault": fault.text} for fault in done
            ],
        )
