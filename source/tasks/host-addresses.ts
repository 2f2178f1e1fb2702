import {parseCidr} from '../text/cidr.ts';
import type {Cluster, Network} from '../cluster/cluster.ts';
import {sh, type Command} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {phrase} from '../languages/text.ts';

/** Checks that no route of this host overlaps the cluster's ranges. Not for a sandbox, which has routes of its own. */
export function freeRanges({networks, host}: Cluster): Task {
	const {external, internal, heartbeat} = networks;
	const own = host.external === 'bridge' ? [host.nic ?? '', external.label] : [external.label];
	return {
		title: phrase("See that nothing else uses the cluster's ranges"),
		// /proc/net/route needs no tool. Its numbers are in the byte order of the processor.
		check: sh`
			dotted() { echo "$((0x$1 & 255)).$((0x$1 >> 8 & 255)).$((0x$1 >> 16 & 255)).$((0x$1 >> 24 & 255))"; }
			# A VPN leads halves of the Internet, or whole private blocks, to itself: that is a default route. A network of
			# the cluster is narrower, so it counts first.
			routes=$(awk 'NR > 1 {print $1, $2, $3, $8}' /proc/net/route | while read -r device destination gateway mask; do
				[ $((0x$mask & 255)) = 255 ] || continue
				case $destination/$mask in 0000000A/000000FF | 000010AC/0000F0FF | 0000A8C0/0000FFFF)
					[ "$gateway" = 00000000 ] && [ "$(cat "/sys/class/net/$device/type" 2>/dev/null || echo 1)" = 1 ] || continue ;;
				esac
				echo "$device $destination $mask $gateway"
			done)
			meets() {
				# What the NIC itself reaches of its own range is no other network: systemd-networkd adds a route to the DHCP gateway.
				echo "$routes" | while read -r device destination mask gateway; do
					[ "$device" ] && [ $(((0x$destination ^ $2) & 0x$mask & $3)) = 0 ] || continue
					case " $4 " in *" $device "*) [ "$gateway" != 00000000 ] || [ $((0x$mask & $3)) != "$3" ] || continue ;; esac
					echo "$1 meets $(dotted "$destination") with the mask $(dotted "$mask"), which $device leads to"; break
				done
			}
			found=$(${meeting(external, own)}; ${meeting(internal)}; ${meeting(heartbeat)})
			[ -z "$found" ] || { echo "$found" | head -n 1; exit 1; }
			${host.external === 'bridge' ? hasRange(external, own) : sh`:`}
		`,
		advice: phrase(
			'Give the cluster other ranges (networks.….cidr); with `external: bridge` the external one is the range of the NIC itself',
		),
	};
}

/** Checks by ARP that only our own VMs use the directors' addresses and the VIP. Requires a successful `freeRanges`. */
export function freeAddresses({directors, vip, networks}: Cluster): Task {
	const addresses = [vip.external, ...directors.flatMap(({external}) => external ?? [])];
	const {base, mask} = numbers(networks.external.cidr);
	const macs = directors.flatMap(({nics}) => nics.filter(({network}) => network === 'external').map(({mac}) => mac));
	return {
		title: phrase("See that nobody has the VIP or a director's address"),
		// A UDP datagram makes the kernel send an ARP request; bash can send one before any package is installed. Without a
		// direct route, the datagram would go to the gateway, and the kernel would not send an ARP request for the address.
		check: sh`
			awk -v network=${word(base)} -v mask=${word(mask)} '$2 == network && $8 == mask {found = 1} END {exit !found}' /proc/net/route || { echo ${`no interface of this host is in ${networks.external.cidr}`}; exit 2; }
			for address in ${addresses}; do
				bash -c 'echo > "/dev/udp/$0/9"' "$address" 2>/dev/null
			done
			sleep 1
			while read -r address kind flags mac mask device; do
				[ "$flags" = 0x2 ] || continue
				case ${` ${addresses.join(' ')} `} in *" $address "*) ;; *) continue ;; esac
				case ${` ${macs.join(' ')} `} in *" $mac "*) continue ;; esac
				echo "$address is taken: $mac answers for it on $device"; exit 1
			done < /proc/net/arp
		`,
		advice: phrase(
			'Choose addresses that are free in {cidr} and that its DHCP server does not give out (vip.external, nodes.master.external, nodes.standby.external)',
			{cidr: networks.external.cidr},
		),
	};
}

function meeting({label, cidr}: Network, own: readonly string[] = []): Command {
	const {base, mask} = numbers(cidr);
	return sh`meets ${`${label} (${cidr})`} ${base} ${mask} ${own.join(' ')}`;
}

function hasRange({cidr}: Network, devices: readonly string[]): Command {
	const {base, mask} = numbers(cidr);
	return sh`
		echo "$routes" | { while read -r device destination mask gateway; do
			case ${` ${devices.join(' ')} `} in *" $device "*) [ $((0x$destination)) != ${base} ] || [ $((0x$mask)) != ${mask} ] || exit 0 ;; esac
		done; exit 1; } || { echo ${`${devices[0] ?? ''} has no address in ${cidr}`}; exit 1; }
	`;
}

/** Base address and mask as /proc/net/route has them on x86: the first byte of the address is the least significant. */
function numbers(cidr: string): {base: number; mask: number} {
	const {base, prefix} = parseCidr(cidr)!;
	return {base: swap(base), mask: swap(2 ** 32 - 2 ** (32 - prefix))};
}

/** Formats a number as in /proc/net/route: eight hexadecimal digits. */
function word(number: number): string {
	return number.toString(16).toUpperCase().padStart(8, '0');
}

function swap(number: number): number {
	const buffer = Buffer.alloc(4);
	buffer.writeUInt32BE(number);
	return buffer.readUInt32LE();
}
