"""Generate the contracts from proto/ into libs/, or (`--check`) say which generated files are out of date."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROTO = ROOT / "proto"
LIBS = ROOT / "libs"
PLUGIN = ROOT / "tools" / "contracts" / "protoc-gen-huiyin"


def generate(out: Path) -> list[Path]:
    """Write every generated file below `out` and return their paths relative to it."""
    sources = sorted(str(path.relative_to(PROTO)) for path in PROTO.glob("huiyin/**/*.proto"))
    options = [source for source in sources if "/options/" in source]
    if not (LIBS / "huiyin/options/v1/options_pb2.py").exists():
        _protoc(LIBS, options, plugin=False)  # The plugin itself reads the options.
    _protoc(out, sources, plugin=True)
    written = sorted(path for path in out.rglob("*.py*") if path.suffix in (".py", ".pyi"))
    own = [path for path in written if "_pb2" not in path.name]
    subprocess.run(
        [
            sys.executable,
            "-m",
            "ruff",
            "check",
            "-q",
            "--select",
            "I",
            "--fix",
            "--config",
            str(ROOT / "pyproject.toml"),
            *own,
        ],
        check=True,
    )
    subprocess.run(
        [sys.executable, "-m", "ruff", "format", "-q", "--config", str(ROOT / "pyproject.toml"), *own],
        check=True,
    )
    return [path.relative_to(out) for path in written]


def _protoc(out: Path, sources: list[str], *, plugin: bool) -> None:
    command = [sys.executable, "-m", "grpc_tools.protoc", f"-I{PROTO}", f"-I{files('grpc_tools') / '_proto'}"]
    command += [f"--python_out={out}", f"--pyi_out={out}"]
    if plugin:
        command += [f"--plugin=protoc-gen-huiyin={PLUGIN}", f"--huiyin_out={out}"]
    subprocess.run([*command, *sources], check=True, cwd=ROOT)


def main() -> int:
    """Exit code 0 when the generated files are (now) up to date."""
    with tempfile.TemporaryDirectory(dir=ROOT / "libs", prefix=".generated-") as folder:
        fresh = Path(folder)
        paths = generate(fresh)
        stale = [path for path in paths if not _same(fresh / path, LIBS / path)]
        if "--check" in sys.argv:
            for path in stale:
                sys.stderr.write(f"libs/{path} is out of date: run `make proto`\n")
            return 1 if stale else 0
        for path in stale:
            (LIBS / path).parent.mkdir(parents=True, exist_ok=True)
            (fresh / path).replace(LIBS / path)
    return 0


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.read_bytes() == other.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
