#!/bin/sh
# usage: requests.sh URL COUNT MARK even|any fail|count SERVER...
# Requests a page COUNT times. Each answer names its server after MARK.
# Exits with 0 if all the servers have answered, and no others. With "even", the servers' counts must also differ by at
# most one, which requires that no other client sends requests. A 5xx answer fails at once ("fail") or counts ("count").
url=$1 count=$2 mark=$3 spread=$4 errors=$5
shift 5
seen=
while [ "$count" -gt 0 ]; do
	count=$((count - 1))
	answer=$(curl -s -S -i --noproxy '*' --max-time 20 "$url" 2>&1) || { echo "$url: $answer"; exit 1; }
	server=${answer#*"$mark"}
	[ "$server" != "$answer" ] || { echo "$url: no '$mark' in the answer:"; echo "$answer" | head -n 1; exit 1; }
	code=${answer#* } name=${server%%[!0-9A-Za-z.-]*}
	case $errors$code in fail5[0-9][0-9]*) echo "$url: $name answers $(echo "$answer" | head -n 1 | tr -d '\r')"; exit 1 ;; esac
	seen="$seen $name"
done

echo "$seen" | awk -v servers="$*" -v spread="$spread" '
	{ for (i = 1; i <= NF; i++) times[$i]++ }
	END {
		wanted = split(servers, name)
		fewest = most = times[name[1]] + 0
		for (i = 1; i <= wanted; i++) {
			n = times[name[i]] + 0
			print name[i] ": " n
			if (n < fewest) fewest = n
			if (n > most) most = n
			delete times[name[i]]
		}
		for (other in times) { print other ": " times[other] ", which is not one of them"; fewest = 0 }
		exit !(fewest >= 1 && (spread == "any" || most - fewest <= 1))
	}'
