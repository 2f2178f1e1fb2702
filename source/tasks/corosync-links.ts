import type {Node} from '../cluster/cluster.ts';
import {sh} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {expect} from './expect.ts';
import {phrase} from '../languages/text.ts';

/** Waits until Corosync no longer reaches the other director over a link; links are numbered from 0. */
export function linkLost(other: Node, link: number, within?: number): Task {
	return expect(
		phrase('Corosync has lost link {link} to {name}', {link, name: other.name}),
		sh`
		found=$(corosync-cfgtool -s 2>&1) || { echo "$found" | head -n 3; exit 1; }
		state=$(echo "$found" | awk -v link=${link} -v node=${`${other.corosyncId}:`} '/^LINK ID/ { current = $3 } current == link && $1 == "nodeid:" && $2 == node { print $3 }')
		[ "$state" = disconnected ] || { echo ${`link ${link}:`} "\${state:-not there}"; exit 1; }
	`,
		{timeout: within},
	);
}
