import type {Cluster} from '../cluster/cluster.ts';
import {sh, type Command} from '../shell/command.ts';
import {canJoinGroups, type Removal, type ResourceOf} from '../engine/resource.ts';
import type {Task} from '../engine/task.ts';
import {phrase} from '../languages/text.ts';

/**
 * Adds the user who started the program through sudo to the groups kvm and libvirt. One task for each group, so that the
 * journal records only groups that the user was not in before.
 */
export function userGroups({user}: Cluster): Task[] {
	return canJoinGroups(user) ? [join(user, 'kvm'), join(user, 'libvirt')] : [];
}

function join(user: string, group: string): Task {
	return {
		title: phrase('Put the user {user} into the group {group}', {user, group}),
		check: sh`${isMember(user, group)} || { printf '%s\\n' ${`${user} is not in the group ${group}`}; exit 1; }`,
		apply: [sh`gpasswd -a ${user} ${group}`],
		creates: [{kind: 'membership', name: `${user}:${group}`}],
		skippable: true,
		advice: phrase("It holds from the user's next login on; the wizard itself does not need it"),
	};
}

/** Removes the user from the group. A user who no longer exists counts as removed. */
export function removeMembership({name}: ResourceOf<'membership'>): Removal {
	const [user = '', group = ''] = name.split(':');
	const member = isMember(user, group);
	return {
		shown: name,
		remove: sh`! ${member} || gpasswd -d ${user} ${group}`,
		gone: sh`! ${member} || { printf '%s\\n' ${`${user} is still in the group ${group}`}; exit 1; }`,
	};
}

function isMember(user: string, group: string): Command {
	// Group names from a directory service may contain blanks.
	return sh`id -nGz ${user} 2>/dev/null | tr '\\0' '\\n' | grep -qx ${group}`;
}
