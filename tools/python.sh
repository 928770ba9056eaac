#!/bin/sh
# Runs the first Python of 3.11 or later on this machine with the given arguments.
# One that can make a virtual environment (ensurepip) is preferred to one that cannot.
PROBE='
import sys
print("%d.%d.%d" % sys.version_info[:3])
if sys.version_info < (3, 11):
    sys.exit(1)
try:
    import ensurepip
except ImportError:
    sys.exit(3)
'
chosen='' second='' seen=''
for name in ${MOKMIN_PYTHON:+"$MOKMIN_PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
    path=$(command -v "$name" 2>/dev/null) || continue
    version=$("$path" -c "$PROBE" 2>/dev/null)
    case $? in
        0) chosen=$path; break ;;
        3) second=${second:-$path} ;;
    esac
    [ -z "$version" ] || seen="$seen${seen:+, }$name $version"
done
chosen=${chosen:-$second}
if [ -z "$chosen" ]; then
    printf '%s\n' \
        "✗ 파이썬 3.11 이상이 필요합니다(찾은 것: ${seen:-없음}). 설치한 뒤 다시 실행해 주세요." \
        "  Python 3.11 or later is needed (found: ${seen:-none}). Install it and run again." >&2
    exit 1
fi
exec "$chosen" "$@"
