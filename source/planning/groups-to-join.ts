import {spawnSync} from 'node:child_process';
import type {Plan} from '../engine/plan.ts';
import {cleanLine} from '../text/clean.ts';

/** A user and the groups that a build adds them to. */
export interface GroupMembershipChange {
	readonly user: string;
	readonly groups: readonly string[];
}

/** Names of a user's groups, as printed by id(1); empty for an unknown user. */
export function groupsOf(user: string): readonly string[] {
	const {status, stdout} = spawnSync('id', ['-nG', '--', user], {stdio: ['ignore', 'pipe', 'ignore']});
	return status === 0 ? cleanLine(stdout).trim().split(' ') : [];
}

/** Groups to which the plan adds its user, except those they are already in; undefined if there is nothing to add. */
export function groupsToJoin(
	plan: Plan,
	memberships: (user: string) => readonly string[] = groupsOf,
): GroupMembershipChange | undefined {
	const planned = plan.flatMap(({tasks}) =>
		tasks.flatMap(({creates = []}) => creates.flatMap(({kind, name}) => (kind === 'membership' ? name : []))),
	);
	const user = planned[0]?.split(':')[0];
	if (user === undefined) {
		return undefined;
	}

	const joined = new Set(memberships(user));
	const groups = planned.map(name => name.slice(user.length + 1)).filter(group => !joined.has(group));
	return groups.length === 0 ? undefined : {user, groups};
}
