#!/usr/bin/env bash
# Exit code 0 when /healthz of this container answers 200. The runtime image has neither curl nor wget, and needs neither.
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${HEALTH_PORT:?}"
printf 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$HEALTH_PORT" >&3
read -r -t 2 _ code _ <&3
[ "$code" = 200 ]
