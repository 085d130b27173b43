"""What is typed, what it is read as (printed), and what the user is told. A new case is a new row."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.parse import MAX_CHARACTERS, MAX_DEPTH, MAX_PROBLEMS, MAX_WORDS, Parsed, nesting, parse
from search.query import And, Field, Fuzzy, Not, Or, Pattern, Query, Quoted, Tree, Word

TODAY = date(2023, 3, 31)

CASES: list[tuple[str, str, list[str]]] = [
    # Nothing
    ("", "", []),  # no query at all
    (" \t\n　", "", []),  # white space of any width
    ("，。；", "", []),  # punctuation asks for nothing
    # Words and what separates them
    ("受贿 招投标", "受贿 招投标", []),  # a space asks for both
    ("受贿　招投标", "受贿 招投标", []),  # so does a full-width one
    ("受贿，招投标。", "受贿 招投标", []),  # and punctuation between words
    ("受贿、招投标;围标", "受贿 招投标 围标", []),
    ("受贿 受贿", "受贿", []),  # twice is once
    ("什么是四风？", "什么是四风", []),  # a full-width question mark ends a question
    ("第八十五条", "第八十五条", []),
    ("邵纪发〔2023〕5号", "邵纪发〔2023〕5号", []),  # document numbers stay whole
    ("C++", "C++", []),
    ("a-b", "a-b", []),  # a hyphen inside a word is no NOT
    ("2022-06-01", "2022-06-01", []),
    ("1,000元", "1,000元", []),  # a comma inside a number
    ("1,00", "1 00", []),  # but not any comma
    ("12:30", "12:30", []),  # a time is no field
    (
        "《关于改进作风、密切联系的规定（试行）》",
        "《关于改进作风、密切联系的规定（试行）》",
        [],
    ),  # a title keeps its marks
    ("《监察法》第十一条", "《监察法》第十一条", []),
    ("违反 《处分条例》，《监察法》", "违反 《处分条例》 《监察法》", []),  # a title after a separator
    ("《监察法", "监察法", []),  # half a title
    ("（甲》乙", "甲 乙", ["括号没有闭合"]),
    # Both, either, without
    ("受贿 AND 招投标", "受贿 招投标", []),
    ("受贿 且 招投标 与 围标", "受贿 招投标 围标", []),
    ("合同 OR 协议", "合同 OR 协议", []),
    ("合同 | 协议", "合同 OR 协议", []),
    ("合同|协议", "合同 OR 协议", []),  # no spaces needed
    ("合同 ｜ 协议", "合同 OR 协议", []),  # the bar of full width
    ("合同 或 协议", "合同 OR 协议", []),
    ("合同或协议", "合同或协议", []),  # a word of its own only
    ("order or not", "order or not", []),  # small letters are words
    ("受贿 合同 OR 协议", "受贿 (合同 OR 协议)", []),  # a space binds least
    ("甲 且 乙 或 丙", "(甲 乙) OR 丙", []),  # AND binds before OR
    ("甲 且 乙 或 丙 丁", "((甲 乙) OR 丙) 丁", []),
    ("(甲 OR 乙) AND 丙", "(甲 OR 乙) 丙", []),
    ("-交通局", "-交通局", []),
    ("－交通局", "-交通局", []),  # the hyphen of full width
    ("NOT 交通局", "-交通局", []),
    ("非 交通局", "-交通局", []),
    ("非法集资", "非法集资", []),  # the operator is a word of its own
    ("受贿 -交通局 OR 水利局", "受贿 (-交通局 OR 水利局)", []),
    ("--交通局", "交通局", []),  # not not
    ("NOT -(甲 乙)", "甲 乙", []),
    ("-(甲 OR 乙)", "-(甲 OR 乙)", []),
    ("甲 (乙 (丙))", "甲 乙 丙", []),  # brackets that change nothing go
    ("（甲 OR 乙） 丙", "(甲 OR 乙) 丙", []),
    ("甲 OR (乙 OR 丙)", "甲 OR 乙 OR 丙", []),
    # Quotes
    ('"利用职务便利"', '"利用职务便利"', []),
    ("“利用职务便利”", '"利用职务便利"', []),
    ("「利用职务便利」", '"利用职务便利"', []),
    ("『利用职务便利』", '"利用职务便利"', []),
    ("＂利用职务便利＂", '"利用职务便利"', []),
    ("“四风“ 问题", '"四风" 问题', []),  # input methods mix the curly ones up
    ("”四风” “八项规定“", '"四风" "八项规定"', []),
    ('“四风"', '"四风"', []),  # and the shapes
    ("「四风』", '"四风"', []),
    ('"开展“四风”检查"', '"开展“四风”检查"', []),  # straight quotes hold curly ones
    ('"「四风」"', '"「四风」"', []),
    (r'"他说\"好\""', r'"他说\"好\""', []),  # a straight quote inside
    (r'"C:\下载"', r'"C:\\下载"', []),  # a backslash is one by itself
    ('"a OR -b*"', '"a OR -b*"', []),  # no operators inside quotes
    ('"甲""乙"', '"甲" "乙"', []),
    ('李某"受贿"', '李某 "受贿"', []),  # a quote ends a word
    ('-"受贿"', '-"受贿"', []),
    # Wildcards and fuzzy words
    ("大祥*", "大祥*", []),
    ("大祥＊", "大祥*", []),  # the star of full width
    ("李?辉", "李?辉", []),
    ("张**", "张*", []),  # as names are masked
    ("李兆辉~", "李兆辉~", []),
    ("李兆辉～", "李兆辉~", []),
    ("2021~2022", "2021~2022", []),  # inside a word a tilde is a character
    # Fields
    ("标题:廉政", "标题:廉政", []),
    ("标题：廉政", "标题:廉政", []),  # the colon of full width
    ("標題:廉政", "标题:廉政", []),  # traditional characters
    ("Title:廉政", "标题:廉政", []),
    ("机构:大祥区审计局 人名:李某", "机构:大祥区审计局 人员:李某", []),
    ("标题: 廉政 建设", "标题:廉政 建设", []),  # a blank after the colon
    ('标题:"廉政 建设"', '标题:"廉政 建设"', []),
    ("标题：“廉政 建设”", '标题:"廉政 建设"', []),
    ("引用:《监察法》第十一条", "引用:《监察法》第十一条", []),
    ("引用:《甲（试行）》第一条、《乙》", "引用:《甲（试行）》第一条、《乙》", []),
    ("处分:开除党籍,开除公职", "处分:开除党籍、开除公职", []),  # a list is any of them
    ("处分:开除党籍，诫勉、免职|政务警告", "处分:开除党籍、诫勉、免职、政务警告", []),
    ("处分:开除党籍 OR 处分:诫勉", "处分:开除党籍、诫勉", []),
    ("处分:开除党籍 处分:开除公职", "处分:开除党籍 处分:开除公职", []),  # both
    ("处分:(开除党籍 开除公职)", "处分:开除党籍 处分:开除公职", []),  # a field of a bracket
    ("标题:(甲 OR -乙) 丙", "(标题:甲 OR -标题:乙) 丙", []),
    ("标题:(甲 正文:乙)", "标题:甲 正文:乙", []),  # the nearer field counts
    ("处分:诫勉、-免职", "处分:诫勉 -免职", []),  # a list ends where a value cannot begin
    ("处分:诫勉、机构:水利局", "处分:诫勉 机构:水利局", []),
    ("-处分:诫勉,免职", "-处分:诫勉、免职", []),
    ("机构:大祥* 人员:李兆辉~", "机构:大祥* 人员:李兆辉~", []),
    ("编号:OR", '编号:"OR"', []),  # a value that would be an operator
    ("文件:2023/通报.pdf", "文件:2023/通报.pdf", []),
    ("类型:通报", "类型:通报", []),
    ("kind:circular", "类型:通报", []),
    ("文种:简报,case_notice", "类型:工作动态、案件通告", []),
    # Dates
    ("日期:2022", "日期:2022", []),
    ("日期:2022-6", "日期:2022-06", []),
    ("日期:2022.6.1", "日期:2022-06-01", []),
    ("日期:2022年6月", "日期:2022-06", []),
    ("日期:２０２２年６月１日", "日期:2022-06-01", []),
    ("日期:20220601", "日期:2022-06-01", []),
    ("日期:2022..2023-06", "日期:2022..2023-06", []),
    ("日期:2022至2023年6月", "日期:2022..2023-06", []),
    ("日期:2022-2023", "日期:2022..2023", []),
    ("日期:2022-06-01-2022-07-01", "日期:2022-06-01..2022-07-01", []),
    ("日期:2022～2023", "日期:2022..2023", []),
    ("日期:2022年至今", "日期:2022..", []),
    ("日期:>=2022", "日期:2022..", []),
    ("日期:≥ 2022", "日期:2022..", []),  # a blank after the sign
    ("日期:>2022-12", "日期:2023-01..", []),  # after the month
    ("日期:<2022-03-01", "日期:..2022-02-28", []),
    ("日期:2022..", "日期:2022..", []),
    ("日期:..2021", "日期:..2021", []),
    ("日期:2021年以前", "日期:..2020", []),
    ("日期:近一年", "日期:2022-03-31..2023-03-31", []),
    ("日期:近1个月", "日期:2023-02-28..2023-03-31", []),  # the shorter month
    ("日期:最近半年", "日期:2022-09-30..2023-03-31", []),
    ("日期:近2周", "日期:2023-03-17..2023-03-31", []),
    ("日期:去年,上月,今天", "日期:2022、2023-02、2023-03-31", []),
    ("年:2021,2022", "年:2021、2022", []),
    ("案发年:2013..2021", "案发年:2013..2021", []),
    ("年份:>2020年", "年:2021..", []),
    # Amounts
    ("金额:>100万", "金额:>100万", []),
    ("金额:＞１００万元", "金额:>100万", []),
    ("金额:>=100万", "金额:100万..", []),
    ("金额:10万..1亿", "金额:10万..1亿", []),
    ("金额:10万-1亿", "金额:10万..1亿", []),
    ("金额:5000元", "金额:5000元", []),
    ("金额:一百万", "金额:100万", []),
    ("金额:一百二十三万零五百元", "金额:123.05万", []),
    ("金额:1亿2000万", "金额:1.2亿", []),
    ("金额:1.5亿元以上", "金额:1.5亿..", []),
    ("金额:1,230,000元", "金额:123万", []),
    ("金额:<5千", "金额:<5000元", []),
    ("金额:..3万,1亿..", "金额:..3万、1亿..", []),
    ("金额:>1.5元", "金额:2元..", []),  # whole yuan above
    # Order
    ("排序:日期 受贿", "受贿 排序:日期", []),
    ("sort:date", "排序:日期", []),
    ("排序:日期升", "排序:日期升", []),
    ("受贿 排序:相关", "受贿", []),  # the usual order is not printed
    ("甲 排序:日期 OR 乙", "甲 OR 乙 排序:日期", []),  # stands anywhere, in the way of nothing
    # What is told
    ("“利用职务", '"利用职务"', ["引号没有闭合，已按到末尾处理"]),
    ('受贿 "', "受贿", ["引号没有闭合", "引号里没有内容"]),
    ('受贿 ""', "受贿", ["引号里没有内容"]),
    ("受贿 “ ”", "受贿", ["引号里没有内容"]),
    ("受贿」", "受贿", ["多余的“」”"]),
    ("(甲 OR 乙", "甲 OR 乙", ["括号没有闭合"]),
    ("甲) 乙", "甲 乙", ["多余的右括号"]),
    ("甲 ()", "甲", ["括号里没有可查的内容"]),
    ("甲 OR", "甲", ["“OR”后面没有可查的内容"]),
    ("OR 甲", "甲", ["“OR”前面没有可查的内容"]),
    ("甲 OR 或 乙", "甲 OR 乙", ["“或”前面没有可查的内容"]),
    ("甲 OR * 乙", "甲 乙", ["通配符"]),  # an operator goes with its part
    ("甲 NOT", "甲", ["“NOT”后面没有可查的内容"]),
    ("NOT OR 甲", "甲", ["“NOT”后面没有", "“OR”前面没有"]),
    ("甲 - 乙", "甲 乙", ["单独的“-”"]),
    ("*", "", ["通配符要和文字一起用"]),
    ("甲 *?*", "甲", ["通配符要和文字一起用"]),
    ("甲 ~", "甲", ["“~”只能紧跟在词的后面"]),
    ("李*~", "李*", ["“~”不能和通配符一起用"]),
    ("——~", "——", ["“~”只能用在文字后面"]),
    ("标题:", "", ["“标题:”后面没有要查的内容"]),
    ("标题: 日期:2022", "日期:2022", ["“标题:”后面没有要查的内容"]),
    ("标题: OR 甲", "甲", ["“标题:”后面没有", "“OR”前面没有"]),
    ("颜色:红", "颜色 红", ["没有“颜色”这个字段，已按普通词查找"]),
    ("-颜色:红", "-(颜色 红)", ["没有“颜色”这个字段"]),
    ("会议指出：“要严查”", '会议指出 "要严查"', ["没有“会议指出”这个字段"]),
    ("会议指出： 严查", "会议指出 严查", []),  # a colon at the end of a word is punctuation
    ("类型:合同", "合同", ["没有“合同”这种类型，可选通报、案件通告"]),
    ("日期:昨儿 受贿", "受贿", ["“昨儿”不是日期，应写作 2022"]),
    ("日期:2022-13", "", ["“2022-13”不是日期"]),
    ("日期:2022-02-30", "", ["不是日期"]),
    ("日期:..", "", ["两头都是空的"]),
    ("日期:2023..2021", "日期:2021..2023", ["起止颠倒，已对调"]),
    ("日期:" + "2" * 50, "", ["不是日期或数字；已忽略"]),
    ("金额:很多", "", ["“很多”不是金额，应写作 5000元、100万"]),
    ("金额:一二三", "", ["不是金额"]),
    ("金额:9999万亿", "", ["太大"]),
    ("金额:<0", "", ["没有比零更小的数"]),
    ("年:二〇二二", "", ["不是整数"]),
    ("排序:姓名 受贿", "受贿", ["不能按“姓名”排序，可选相关、日期、日期升"]),
    ("排序:", "", ["“排序:”后面没有"]),
    ("排序:日期 排序:日期升", "排序:日期升", ["写了几种排序，以最后一种为准"]),
]


@pytest.mark.parametrize(("text", "printed", "told"), CASES)
def test_reading(text: str, printed: str, told: list[str]) -> None:
    parsed = parse(text, TODAY)
    assert str(parsed.query) == printed
    assert parse(printed) == Parsed(parsed.query)
    messages = [problem.message for problem in parsed.problems]
    assert len(messages) == len(told), messages
    assert all(part in message for part, message in zip(told, messages, strict=True)), messages


def test_problems_point_at_the_text() -> None:
    text = "受贿 颜色:红 (甲 日期:昨儿 * “乙"
    cited = [text[problem.start : problem.end] for problem in parse(text).problems]
    assert cited == ["颜色:", "(", "昨儿", "*", "“乙"]


def test_relative_dates_need_a_day() -> None:
    assert [problem.message[:5] for problem in parse("日期:近一年").problems] == ["“近一年”"]


SIGNS = [
    "甲",
    "乙",
    "OR",
    "或",
    "且",
    "NOT",
    "非",
    "-",
    "－",
    "(",
    "（",
    ")",
    "）",
    "|",
    '"',
    "“",
    "”",
    "「",
    "」",
    "*",
    "?",
    "~",
]
PIECES = [
    *SIGNS,
    " ",
    "　",
    "，",
    "、",
    ",",
    "《",
    "》",
    "\\",
    "标题:",
    "类型：",
    "日期:",
    "金额:>",
    "年:",
    "排序:",
    "foo:",
    ">",
    "..",
    "2022",
]
typed = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))


@given(typed)
def test_every_string_is_read_and_its_print_reads_the_same(text: str) -> None:
    parsed = parse(text, TODAY)
    assert parse(str(parsed.query)) == Parsed(parsed.query)
    assert all(0 <= problem.start <= problem.end <= len(text) for problem in parsed.problems)
    assert all(problem.message for problem in parsed.problems)


@given(st.text(min_size=1).filter(lambda text: text.strip() and not set(text) & set('"＂\\')))
def test_straight_quotes_mean_exactly_these_characters(text: str) -> None:
    assert parse(f'"{text}"') == Parsed(Query(Quoted(text)))


def _leaves(tree: Tree) -> list[str]:
    match tree:
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in _leaves(part)]
        case Not(part):
            return _leaves(part)
        case Word(text) | Quoted(text) | Pattern(text) | Fuzzy(text):
            return [text]
        case Field():
            return [str(tree)]


DEATH = {
    "words": " ".join(f"词{number}" for number in range(10_000)),
    "list": "机构:" + "、".join(f"局{number}" for number in range(10_000)),
    "one long word": "纪" * 1_000_000,
    "one long title": "《" * 500_000,
    "one long quotation": '"' + "纪\\" * 500_000,
    "brackets": "(" * 100_000 + "甲" + ")" * 100_000,
    "open brackets": "(" * 100_000,
    "closed brackets": ")" * 100_000,
    "nested": "(甲 OR -(乙 " * 10_000,
    "nested in fields": "标题:(甲 OR (乙 " * 200,
    "nots": "-" * 100_000 + "甲",
    "lone signs": "- * ~ " * 100_000,
    "bars": "| " * 100_000,
    "quotes": '"” ' * 100_000,
    "corners": "「甲』" * 100_000,
    "empty corners": "「』" * 100_000,
    "unknown fields": "甲:" * 100_000,
    "dates": "日期:" + "2" * 100_000,
    "amounts": "金额:" + "一" * 100_000,
    "stars": "*" * 100_000 + "人" + "*" * 100_000,
    "commas": "甲" + ",000" * 100_000,
}


@pytest.mark.parametrize("name", DEATH)
def test_queries_of_death_are_bounded_and_say_so(name: str) -> None:
    parsed = parse(DEATH[name])
    leaves = _leaves(parsed.query.tree)
    assert len(leaves) <= MAX_WORDS
    assert sum(map(len, leaves)) <= MAX_CHARACTERS + MAX_WORDS * len("标题:")
    assert nesting(parsed.query.tree) <= MAX_DEPTH
    assert len(parsed.problems) <= MAX_PROBLEMS
    assert parsed.problems or name in {"nots", "one long title"}  # long, but clear
    assert all(len(problem.message) < 120 for problem in parsed.problems)
    assert parse(str(parsed.query)) == Parsed(parsed.query)


def test_what_was_left_out_is_cited() -> None:
    parsed = parse(DEATH["words"])
    assert len(_leaves(parsed.query.tree)) == MAX_WORDS
    assert [problem.message for problem in parsed.problems] == [
        f"一次最多查 {MAX_WORDS} 个词，从“词{MAX_WORDS}”起的内容已忽略"
    ]
    assert parsed.problems[0].start == DEATH["words"].index(f"词{MAX_WORDS}")


def test_brackets_within_the_bound_are_kept() -> None:
    text = "甲 (乙 OR (丙 (丁 OR 戊)))"
    assert str(parse(text).query) == text
    assert parse("(甲 OR (乙 " * 20).problems[0].message.endswith("已忽略全部括号")
