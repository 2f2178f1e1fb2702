#!/bin/sh
# Answers one HTTP request: no web server is available.
while IFS= read -r line && [ "${#line}" -gt 1 ]; do :; done
page='<html>
<head><meta charset="utf-8"></head>
<body>
Lo sentimos: ahora mismo no hay ningún servidor web disponible.<br>
Sorry: no web server is available just now.<br>
</body>
</html>'
printf '%s\r\n' 'HTTP/1.1 503 Service Unavailable' 'Content-Type: text/html; charset=utf-8' 'Cache-Control: no-store' 'Retry-After: 10' 'Connection: close' ''
printf '%s\n' "$page"
