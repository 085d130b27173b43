"""Why did the system, or a library, refuse? In words that tell a reader of Chinese what stands in the way."""

from __future__ import annotations

import errno
import re
import tomllib
from zipfile import BadZipFile

_WORDS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "同名的文件已经存在",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件超过系统允许的大小",
    errno.EIO: "磁盘读写出错",
    errno.ENAMETOOLONG: "路径太长",
    errno.ELOOP: "快捷方式（符号链接）互相指来指去",
    errno.EBUSY: "正被别的程序占用",
    errno.ETXTBSY: "正被别的程序占用",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENFILE: "同时打开的文件太多",
    errno.ENOMEM: "内存不足",
    errno.ESTALE: "网络盘的连接已失效",
    errno.ENOTCONN: "网络盘没有连上",
    errno.EHOSTDOWN: "网络盘所在的机器没有回应",
    errno.ETIMEDOUT: "等候超时",
    errno.EXDEV: "不在同一个磁盘上",
}
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def cause(error: Exception) -> str:
    """The cause of an error as a few words without a full stop; what has none here keeps its own."""
    match error:
        case OSError(errno=int(number)):
            return _WORDS.get(number) or error.strerror or str(error)
        case UnicodeDecodeError():
            return "不是 UTF-8 编码的文本"
        case BadZipFile():
            return "不是压缩包，或已损坏"
        case tomllib.TOMLDecodeError():
            place = _PLACE.search(str(error))
            return f"第 {place[1]} 行第 {place[2]} 列不合格式" if place else "文件结尾处不合格式"
        case _:
            return str(error)
