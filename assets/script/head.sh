#!/bin/sh
# Builds the cluster "{{name}}" step by step, as cluster-wizard does. Run it as root on the host.
# The script contains no secrets: pass them in the environment.
set -eu

ssh_config={{ssh_config}}
pace={{pace}}

# on PLACE TEXT: runs shell text at a place (this computer, the host or a node) with this script's standard input.
on() {
	case $1 in
		machine | host) sh -c "$2" ;;
		*) ssh -F "$ssh_config" "$1" "$2" ;;
	esac
}

# holds PLACE CHECK: runs a check and returns 0 (fulfilled) or 1 (not fulfilled). Any other status ends the script.
holds() {
	status=0
	on "$1" "$2" </dev/null || status=$?
	[ "$status" -le 1 ] || exit "$status"
	return "$status"
}

# expect PLACE TITLE SECONDS CHECK: waits until a check is fulfilled; ends the script after SECONDS, scaled by pace.
expect() {
	end=$(($(date +%s) + $3 * pace))
	until on "$1" "$4" </dev/null; do
		[ "$(date +%s)" -lt "$end" ] || { echo "Failed: $2" >&2; exit 1; }
		sleep 1
	done
	echo "ok: $2"
}
