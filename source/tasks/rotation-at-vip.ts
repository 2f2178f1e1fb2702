import type {Cluster, Node} from '../cluster/cluster.ts';
import {sh} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {expect} from './expect.ts';
import {phrase, type Text} from '../languages/text.ts';

export interface ServedByOptions {
	readonly title?: Text;
	readonly within?: number;
	/** If true, the check succeeds on a director without the VIP. If false (default), such a director fails the check. */
	readonly ifActive?: boolean;
}

/**
 * Checks on the active director that exactly these web servers are in the IPVS table. For a missing server, it prints the
 * answer of the health page that ldirectord checks.
 */
export function rotationIs(
	{vip, check}: Cluster,
	webs: readonly Node[],
	{title, within, ifActive = false}: ServedByOptions = {},
): Task {
	const names = webs.map(({name}) => name).join(', ');
	const addresses = webs.map(({internal}) => internal);
	const rotation = names === '' ? phrase('No web server is in rotation') : phrase('In rotation: {names}', {names});
	return expect(
		title ?? rotation,
		sh`
		ip -4 -o address | grep -qF ${` ${vip.external}/`} || { echo ${`${vip.external} is not on this director`}; exit ${ifActive ? 0 : 1}; }
		rules=$(ipvsadm -S -n) || exit 1
		found=$(echo "$rules" | sed -n ${`s/^-a -t ${vip.external}:80 -r \\([0-9.]*\\):80 -m -w [1-9].*/\\1/p`} | LC_ALL=C sort)
		[ "$found" != ${[...addresses].sort().join('\n')} ] || exit 0
		echo "in rotation:" \${found:-none}
		for address in ${addresses}; do
			case " $(echo $found) " in *" $address "*) ;; *) echo "$address is not in rotation; its health page says: $(curl -s -S --max-time ${check.timeout + 1} "http://$address/healthz.php" 2>&1 | head -n 1)" ;; esac
		done
		exit 1
	`,
		{timeout: within},
	);
}

/** Checks from the host that clients get the sorry page, or no answer if the cluster has none: no web server is left. */
export function sorryOrSilence({vip, ha}: Cluster, within?: number): Task {
	const url = `http://${vip.external}/`;
	return ha.sorryPage
		? expect(
				phrase('A director answers with its sorry page'),
				sh`
			answer=$(curl -s -S -i --max-time 20 ${url} 2>&1)
			case $answer in *' 503 '*'no web server is available'*) ;; *) echo "$answer" | head -n 1; exit 1 ;; esac
		`,
				{timeout: within},
			)
		: expect(phrase('Requests are not answered'), unanswered(url), {timeout: within});
}

/** Checks from the host that requests to the external VIP are not answered. */
export function vipUnanswered({vip}: Cluster, within?: number): Task {
	return expect(phrase('Nobody answers'), unanswered(`http://${vip.external}/`), {timeout: within});
}

function unanswered(url: string) {
	return sh`! curl -s -o /dev/null --max-time 5 ${url} || { echo ${`${url} is answered`}; exit 1; }`;
}
