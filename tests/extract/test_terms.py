"""Terms of punishment, in months, and the courts that imposed them."""

import pytest

from indexer.extract import terms

ROWS = [
    ("判处有期徒刑十年六个月，并处罚金人民币五十万元", ["有期徒刑:126"]),  # years and months
    ("判处有期徒刑4年10个月", ["有期徒刑:58"]),  # in digits
    ("判处有期徒刑１１年", ["有期徒刑:132"]),  # full-width
    ("判处拘役三个月，缓刑六个月", ["拘役:3", "缓刑:6"]),  # months alone; a reprieve
    ("判处有期徒刑三年，缓刑四年", ["有期徒刑:36", "缓刑:48"]),
    ("决定给予李某留党察看一年处分", ["留党察看:12"]),  # a party sanction
    ("受到留党察看两年、政务撤职处分", ["留党察看:24"]),
    ("给予留党察看（两年）处分", ["留党察看:24"]),  # the term in brackets
    ("判处死刑，缓期二年执行，剥夺政治权利终身", ["死刑", "缓期:24", "剥夺政治权利终身"]),
    ("判处无期徒刑", ["无期徒刑"]),
    ("受到留党察看处分", []),  # no term is told
    ("有期徒刑刑期自判决执行之日起计算", []),
]


@pytest.mark.parametrize(("text", "values"), ROWS)
def test_terms(text: str, values: list[str]) -> None:
    found = [mention for mention in terms.find(text) if mention.kind == "term"]
    assert [mention.value for mention in found] == values
    assert all(text[m.start : m.end].startswith(m.value.split(":")[0]) for m in found)


@pytest.mark.parametrize(
    ("text", "court"),
    [
        ("2022年5月，云岭市中级人民法院一审公开宣判", "云岭市中级人民法院"),
        ("被云岭市甲县人民法院判处有期徒刑三年", "云岭市甲县人民法院"),
    ],
)
def test_the_court_that_sentenced(text: str, court: str) -> None:
    (found,) = [mention for mention in terms.find(text) if mention.kind == "court"]
    assert (found.value, text[found.start : found.end]) == (court, court)
