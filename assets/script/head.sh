#!/bin/sh
# The cluster "{{name}}", step by step, as cluster-wizard builds it. Run it as root on the host.
# What is a secret is not in here: it must be in the environment.
set -eu

ssh_config={{ssh_config}}
pace={{pace}}

# on PLACE TEXT: runs shell text on a machine, with our standard input.
on() {
	case $1 in
		machine | host) sh -c "$2" ;;
		*) ssh -F "$ssh_config" "$1" "$2" ;;
	esac
}

# holds PLACE CHECK: whether a check is fulfilled. It has three answers: 0 yes, 1 no, anything else: cannot tell.
holds() {
	status=0
	on "$1" "$2" </dev/null || status=$?
	[ "$status" -le 1 ] || exit "$status"
	return "$status"
}

# expect PLACE TITLE SECONDS CHECK: waits until a check is fulfilled.
expect() {
	end=$(($(date +%s) + $3 * pace))
	until on "$1" "$4" </dev/null; do
		[ "$(date +%s)" -lt "$end" ] || { echo "Failed: $2" >&2; exit 1; }
		sleep 1
	done
	echo "ok: $2"
}
