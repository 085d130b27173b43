"""Write indexer/extract/lexicon/places.txt: the administrative divisions with what each lies in.

    python scripts/make_places.py FOLDER

FOLDER holds division_provinces.csv, division_cities.csv and division_areas.csv of the public administrative-division
tables (columns code, name, provinceCode, cityCode). Names of places are facts; only names and their order are kept.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

HEADER = """\
# Administrative divisions down to the county: a name, a tab, what it lies in.
# Source: the national table of administrative divisions, written by scripts/make_places.py.
"""
TARGET = Path(__file__).parent.parent / "indexer/extract/lexicon/places.txt"


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with a header."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def main(folder: Path) -> None:
    """Join the three tables and write the lexicon."""
    provinces = {row["code"]: row["name"] for row in rows(folder / "division_provinces.csv")}
    cities = {row["code"]: row for row in rows(folder / "division_cities.csv")}
    places = [(name, "中国") for name in provinces.values()]
    real = {code: row for code, row in cities.items() if row["name"][-1] in "市州盟区" and row["name"] != "市辖区"}
    places += [(row["name"], provinces[row["provinceCode"]]) for row in real.values()]
    for row in rows(folder / "division_areas.csv"):
        if row["name"][-1] in "市县区旗":
            above = real[row["cityCode"]]["name"] if row["cityCode"] in real else provinces[row["provinceCode"]]
            places.append((row["name"], above))
    TARGET.write_text(HEADER + "".join(f"{name}\t{above}\n" for name, above in dict.fromkeys(places)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
