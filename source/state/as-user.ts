import type {Owner} from './owner.ts';

/**
 * Does synchronous work with the owner's effective user, group and supplementary groups, so that files below the owner's
 * home are opened with no more rights than the owner has, whatever links lie there. Changes nothing if this process is
 * not root or works for root. The effective ids are those of the whole process: `work` must not wait for anything.
 */
export function asUser<Result>({uid, gid, name}: Owner, work: () => Result): Result {
	if (process.geteuid?.() !== 0 || uid === 0) {
		return work();
	}

	const groups = process.getgroups!();
	const ownGroup = process.getegid!();
	setGroups(name, gid);
	try {
		process.setegid!(gid);
		process.seteuid!(uid);
		return work();
	} finally {
		process.seteuid!(0);
		process.setegid!(ownGroup);
		process.setgroups!(groups);
	}
}

/** A user whom no database knows (a container, an LDAP server that is down) has no supplementary groups. */
function setGroups(name: string, gid: number): void {
	try {
		// Missing in Node's types (documented since 0.9.4).
		(process as unknown as {initgroups: (user: string, group: number) => void}).initgroups(name, gid);
	} catch {
		process.setgroups!([gid]);
	}
}
