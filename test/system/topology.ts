import {spawnSync} from 'node:child_process';

/** In namespaces of its own: nothing of this machine is changed, and whatever the script starts ends with it. */
export function inNamespace(
	script: string,
	environment: Readonly<Record<string, string>>,
): {status: number | null; output: string} {
	// unshare ignores SIGTERM while it waits.
	const {status, stdout, stderr} = spawnSync(
		'unshare',
		['--net', '--pid', '--fork', '--kill-child', '--mount-proc', 'sh', '-c', script],
		{encoding: 'utf8', env: {...process.env, ...environment}, timeout: 30_000, killSignal: 'SIGKILL'},
	);
	return {status, output: (stdout + stderr).trim()};
}

/** `peer NAME` makes a network namespace and keeps the number of its process in $NAME; `at $NAME COMMAND` runs a command there. */
export const peers = `
	set -e
	peer() { unshare --net sleep 60 & eval "$1=$!"; until [ "$(readlink /proc/$!/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done; }
	at() { pid=$1; shift; nsenter --net=/proc/$pid/ns/net "$@"; }
`;

/** out --- director --- inner: three network namespaces. `at $out COMMAND` runs one there; the script is on the director. */
export const topology = `
	${peers}
	director=$$
	peer out; peer inner
	ip link add ext0 type veth peer name eth0 netns $out; ip link add int0 type veth peer name eth0 netns $inner
	ip link set lo up; ip addr add 192.168.1.135/24 dev ext0; ip link set ext0 up; ip addr add 10.0.10.1/24 dev int0; ip link set int0 up
	at $out ip addr add 192.168.1.20/24 dev eth0; at $out ip link set eth0 up; at $out ip route add 10.0.10.0/24 via 192.168.1.135
	at $inner ip addr add 10.0.10.110/24 dev eth0; at $inner ip link set eth0 up; at $inner ip route add default via 10.0.10.1
`;
