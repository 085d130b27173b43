"""Whether a text can name officials or agencies at all: most general news cannot, and does not pay for the tagger."""

from __future__ import annotations

import re

#: What discipline inspection writes about, the bodies of state and Party, and the posts held in them. A text without
#: any of these names at most teams, firms and foreign bodies, which are no agencies here.
_CUES = re.compile(
    r"违纪|违法|受贿|贪污|处分|纪委|监委|纪检|监察|巡视|巡察|党委|党组|党支部|书记|同志"
    r"|政府|法院|检察|公安|国务院|中央|人大|政协|海关|税务|派出所|妇联|大学|学院|医院"
    r"|[省市县区州旗国总乡镇][\u4e00-\u9fff]{0,8}[局厅署委](?![长员托内])|国家[\u4e00-\u9fff]{1,8}[局委署]"
    r"|[外教科财商农]\w{0,4}部(?![门分队])"
    r"|[部司厅局省市县区州镇乡]长|主席|常委|公职人员|公务员|民警"
)


def may_name(text: str, kind: str) -> bool:
    """Tell whether officials and agencies are worth looking for: of the kind `other`, only in a text with a cue."""
    return kind != "other" or _CUES.search(text) is not None
