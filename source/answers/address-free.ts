import {sh, type Command} from '../engine/command.ts';

/**
 * Whether neither this host nor anybody on the NIC's network has this address: it is asked for by ARP, as a machine does before it takes one
 * (arping of iputils, RFC 5227). 0: free, or one of ours has it; 1: taken, with the MAC that answered; 2: cannot be asked.
 * @param ours MACs of our own machines, lower case
 */
export function addressFree(address: string, nic: string, ours: readonly string[] = []): Command {
	return sh`
		case $(arping -V 2>&1) in
			*iputils*) ;;
			*) echo 'arping of iputils-arping is not installed'; exit 2 ;;
		esac
		# The kernel does not answer its own question.
		! ip -4 -oneline address show to ${address} | grep -q . || { echo ${`${address} is an address of this host`}; exit 1; }
		answer=$(LC_ALL=C arping -D -c 2 -w 3 -I ${nic} ${address} 2>&1)
		case $? in
			0) exit 0 ;;
			1) ;;
			*) printf '%s\\n' "$answer"; exit 2 ;;
		esac
		owner=$(printf '%s\\n' "$answer" | sed -n 's/.*reply from .*\\[\\(.*\\)\\].*/\\1/p' | head -n 1 | tr A-F a-f)
		[ -n "$owner" ] || { printf '%s\\n' "$answer"; exit 2; }
		for mac in ${ours.length > 0 ? ours : ['-']}; do
			[ "$owner" != "$mac" ] || exit 0
		done
		echo ${`${address} is taken by`} "$owner"
		exit 1
	`;
}
