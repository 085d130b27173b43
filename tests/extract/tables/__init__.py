"""Tables of cases: tab-separated, one row a line, the last column says what the row is about."""

from pathlib import Path


def rows(name: str, columns: int) -> list[tuple[str, ...]]:
    """The rows of `tables/<name>.tsv`; a line break in a text is written \\n."""
    lines = (Path(__file__).parent / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    table = [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]
    assert all(len(row) == columns for row in table), [row for row in table if len(row) != columns]
    return [(row[0].replace("\\n", "\n"), *row[1:]) for row in table]
