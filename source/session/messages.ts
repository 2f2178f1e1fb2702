import {countInDigits} from '../languages/quantity.ts';
import {codeOfWords, systemErrorReason, type SystemError} from '../languages/system-errors.ts';
import {listed, phrase, type Text} from '../languages/text.ts';

/** Messages about starting and ending a command. */
export const sessionMessages = {
	noCluster: (name: string): Text =>
		phrase('There is no cluster "{name}" here yet. `cluster-wizard up` builds it.', {name}),
	/** @param user name of the user as whom the file is read */
	answersUnreadable: (file: string, user: string, error: SystemError): Text => {
		const problem =
			{
				ENOENT: phrase('There is no answers file {file}. Check the path.', {file}),
				EACCES: phrase(
					'The user {user} may not read the answers file {file}. Give {user} read permission on it and on its folder.',
					{user, file},
				),
			}[error.code ?? codeOfWords(error.message) ?? ''] ??
			phrase('The answers file {file} cannot be read: {error}.', {file, error: systemErrorReason(error)});
		return phrase('{problem} Nothing was touched.', {problem});
	},
	answersWrong: (file: string, count: number): Text =>
		phrase('{file}: {answers} must be corrected. Nothing was touched.', {file, answers: countInDigits.answer(count)}),
	/** @param user name of the user as whom the file is written */
	cannotWrite: (file: string, user: string, error: SystemError): Text => {
		const reason =
			{
				EEXIST: phrase('something is there already. Choose another name.'),
				EACCES: phrase('the user {user} may not write there.', {user}),
				ENOENT: phrase('the folder is missing.'),
			}[error.code ?? ''] ?? phrase('{error}.', {error: systemErrorReason(error)});
		return phrase('{file} cannot be written: {reason}', {file, reason});
	},
	changeRefused: phrase('These answers cannot be changed on a cluster that is already built. Nothing was touched.'),
	stateBroken: (file: string, reason: string): Text =>
		phrase(
			'{file} cannot be understood: {reason}. It was written by another version or damaged; put a copy back, or remove the cluster with `down`.',
			{file, reason},
		),
	/** @param holder `since` is a time of day, formatted for the user */
	lockHeld: (holder: {pid: number; command: string; since: string} | undefined): Text =>
		holder
			? phrase('Another run holds this cluster: `{command}`, process {pid}, since {since}. Wait for it or stop it.', {
					command: holder.command,
					pid: holder.pid,
					since: holder.since,
				})
			: phrase('Another run holds this cluster. Wait for it or stop it.'),
	needsRoot: phrase(
		'This needs root, and there is no way to become it here: run it as root, or as a user whom sudo lets do so.',
	),
	sudoPrompt: phrase('cluster-wizard needs root. Password of %p: '),
	sandboxDown: (command: string): Text => phrase('The sandbox is not running. Start it with: {command}', {command}),
	sandboxState: (isRunning: boolean): Text =>
		isRunning ? phrase('The sandbox is running.') : phrase('The sandbox is stopped.'),
	notSandbox: phrase('This cluster is not in a sandbox.'),
	sandboxFixed: phrase(
		'This cluster was begun on this host itself, not in a sandbox. Give another name (name: in the answers) for one in a sandbox.',
	),
	unknownNode: (node: string, nodes: readonly string[], near: string | undefined): Text =>
		phrase(
			'There is no node "{node}".{hasNear, select, true { Did you mean {near}?} other {}} There are: host, {nodes}.',
			{node, hasNear: Boolean(near), near: near ?? '', nodes: nodes.join(', ')},
		),
	commandMissing: (place: string): Text =>
		phrase('The command to run on {place} is missing. A shell there: `cluster-wizard ssh {place}`.', {place}),
	optionsBehindNode: (option: string, place: string): Text =>
		phrase(
			'Options go before the node: `cluster-wizard exec {option} … {place} COMMAND`. Everything behind the node is the command.',
			{option, place},
		),
	unknownStep: (step: string, steps: readonly string[]): Text =>
		phrase('There is no step "{step}". There are: {steps}.', {step, steps: steps.join(', ')}),
	unknownTest: (test: string, tests: readonly string[]): Text =>
		phrase('There is no test "{test}". There are: {tests}.', {test, tests: tests.join(', ')}),
	confirm: phrase('Go on? [y/N] '),
	confirmName: (name: string): Text => phrase("Type the cluster's name, {name}, to go on: ", {name}),
	confirmNeeded: phrase('Nobody can be asked here: give --yes to go on.'),
	declined: phrase('Nothing was touched.'),
	/**
	 * Members of the group libvirt can define VMs with any disk of the host, as root (libvirt's documentation, "Access
	 * control").
	 */
	joinsGroups: ({user, groups}: {user: string; groups: readonly string[]}): Text => {
		const several = groups.length > 1;
		const root = groups.includes('libvirt');
		return phrase(
			'The user {user} joins the {hasSeveral, select, true {groups} other {group}} {groups}. {hasRoot, select, true {Members of libvirt are as good as root on this host, without a password; `down`} other {`down`}} takes {user} out again.',
			{
				user,
				hasSeveral: Boolean(several),
				groups: listed(groups),
				hasRoot: Boolean(root),
			},
		);
	},
	willBuild: (name: string, machines: readonly string[], sandbox: boolean): Text =>
		phrase(
			'The cluster "{name}" will be built {sandbox, select, true {in a sandbox of its own on this machine} other {on this host}}: packages that are missing are installed with apt, and the machines {machines} are made. `plan` shows the steps, `down` removes everything again but the packages.',
			{name, sandbox, machines: machines.join(', ')},
		),
	willRemoveNodes: (nodes: readonly string[]): Text =>
		phrase('These machines are no longer in the answers and will be removed with their disks: {nodes}', {
			nodes: nodes.join(', '),
		}),
	interrupted: (command: string): Text => phrase('Interrupted. Go on with: {command}', {command}),
	oldImages: phrase(
		'Packages could not be fetched, so the machines start from images that are older than the answers allow (guest.maxAge) and lack the latest security updates.',
	),
	pathUnusable: (path: string): Text =>
		phrase(
			"{path} cannot be used: ssh misreads control characters and $'{' in a path, and virt-install & < > \" ' in that of a disk. Choose another folder.",
			{path: JSON.stringify(path)},
		),
	diskFull: (reason: Text): Text =>
		phrase(
			'A file could not be written: {reason}. Free some space, or choose another place, and run the same command again: it goes on where it stopped.',
			{reason},
		),
	portTaken: (port: number, reason: Text): Text =>
		phrase('Port {port} of 127.0.0.1 cannot be used ({reason}). Choose another with --port, or leave the option out.', {
			port,
			reason,
		}),
	openAt: (url: string): Text => phrase('The page is at {url}  (Ctrl-C ends the forwarding)', {url}),
	openDirect: (url: string): Text => phrase('The page is at {url}', {url}),
	down: {
		nothing: phrase('There is nothing to remove.'),
		list: phrase('This will be removed:'),
		kept: phrase('This stays:'),
		removed: (name: string): Text => phrase('removed {name}', {name}),
		notGone: (name: string, reason: string): Text => phrase('{name} could not be removed: {reason}', {name, reason}),
		foreignSandbox: phrase(
			'somebody else can change it, so nothing in it is run. Find out who did, and give it back to root (chown, chmod) or delete it; then run the same command again',
		),
		done: phrase('Everything in the list is gone.'),
		state: phrase('keys, answers, progress, logs, and the copies of files that were changed by hand, in'),
		stateAndReports: phrase(
			'keys, answers, progress, logs, reports, and the copies of files that were changed by hand, in',
		),
		reports: phrase('reports'),
		foreign: phrase('not made by the program:'),
		packages: phrase('packages'),
		preferences: phrase('preferences'),
	},
} as const;
