"""How much a name alone says: two 张伟 are nothing strange, two 钭沐霖 hardly meet."""

from __future__ import annotations

import re

#: The hundred commonest surnames in order, of 85 in 100 people (Ministry of Public Security, 全国姓名报告 2020).
COMMON_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金"
    "韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷段龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
#: Characters that stand in given names more often than others, of both sexes and every generation.
_COMMON_GIVEN = frozenset(
    "伟强军勇杰涛明超波辉刚健俊飞鹏斌平东建国华文志海永春德荣新玉成光林生红英兰芳敏静丽娟艳梅秀霞燕玲桂云金龙宇浩晓小少学庆立忠福祥根宏峰亮磊洋"
    "江民清正中天家世振卫安良义兴胜利全贵才元树保长振大有子一"
)
_MASKED = re.compile(r"某|[A-Za-zＡ-Ｚａ-ｚ×ｘ*＊〇○]|^.[甲乙丙丁]$")


def masked(name: str) -> bool:
    """Whether the name is not told: 张某, 王某某, 李某甲. Such a name never identifies a person across documents."""
    return _MASKED.search(name) is not None


def rarity(name: str) -> float:
    """From 0, a name that many bear, to 2.5, one that hardly two people of a library bear."""
    if len(name) < 3:
        return 0.0 if name[:1] in COMMON_SURNAMES else 0.5
    if len(name) > 3 or name[0] not in COMMON_SURNAMES:
        return 2.5
    common = sum(character in _COMMON_GIVEN for character in name[1:])
    return (2.0, 1.5, 0.5)[common]
