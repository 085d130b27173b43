#!/usr/bin/env bash
# The demonstration of `make demo`: index the sample library, search it three times, say what to type next.
# usage: demo.sh ANJIAN LIBRARY
set -euo pipefail
anjian=$1 library=$2
cd "$(dirname "$0")/.."
run() {
    printf '\n$ anjian'
    printf ' %s' "$@"
    printf '\n'
    "$anjian" "$@"
}
export ANJIAN_LIBRARY="$library"
# Exit status 2 says that some sample files could not be read, as is meant: they are broken on purpose.
run index samples/library || [ $? -eq 2 ]
run search 受贿 招投标 --limit 3
run search '"利用职务便利" 类型:通报' --limit 2
run search '違規吃喝 -警示教育' --limit 2
cat <<END

资料库在 $library/。接着可以试试：
    export ANJIAN_LIBRARY=$library
    .venv/bin/anjian search '违规吃喝 日期:2023..'       查找（任意词语、"原文引用"、字段:值）
    .venv/bin/anjian show 编号                           看一份文件的全文
    .venv/bin/anjian failures                            哪些文件没有读成，为什么，怎么办
    .venv/bin/anjian index 您的文件夹 --library 我的资料库   索引您自己的文件
    .venv/bin/anjian --help                              全部命令
END
