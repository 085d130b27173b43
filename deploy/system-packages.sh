#!/usr/bin/env bash
# Make sure that the system packages of system-packages.txt are there: install them as root, name them otherwise.
set -euo pipefail
cd "$(dirname "$0")"
missing=()
while read -r package; do
    dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done < <(grep -v '^#' system-packages.txt)
[ ${#missing[@]} -eq 0 ] && exit 0
# A Python that can make environments by itself (pyenv, a container image) needs no package.
if [ "${missing[*]}" = python3-venv ] && python3 -c 'import ensurepip, venv' 2>/dev/null; then
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "请用系统的软件管理器安装与这些 Debian 软件包相当的软件 (please install the equivalent of): ${missing[*]}"
    exit 0
fi
if [ "$(id -u)" -eq 0 ]; then
    echo "== installing system packages: ${missing[*]}"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
else
    echo "缺少系统软件包，请让管理员运行 (missing system packages, please run): sudo apt-get install ${missing[*]}"
    exit 1
fi
