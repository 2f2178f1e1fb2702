/**
 * Codes of the errors that end a command, each with its exit code and the case it stands for. Programs read them
 * (`--json`, docs/exit-codes.md): a code keeps its name and its meaning within one major version.
 * `npm run schema` writes them into the document.
 */
export const errorCodes = {
	usage: {exit: 2, about: 'A command or an option is unknown, or something is missing.'},
	'unknown-command': {exit: 2, about: 'The first word is no command.'},
	'option-value': {
		exit: 2,
		about: 'The value of an option is empty, holds control characters, or is not one that the option takes.',
	},
	'options-after-node': {
		exit: 2,
		about: 'Options of `exec` stand behind the node, where everything belongs to the command.',
	},
	'command-missing': {exit: 2, about: '`exec` has no command to run.'},
	'unknown-node': {exit: 2, about: 'The cluster has no node of that name.'},
	'unknown-director': {exit: 2, about: '`move` names a node that is no director.'},
	'unknown-step': {exit: 2, about: '`--only` or `--until` names no step.'},
	'unknown-test': {exit: 2, about: '`--test` names no test of this cluster.'},
	'answers-unreadable': {exit: 2, about: 'The answers file cannot be opened.'},
	'answers-file-refused': {exit: 2, about: 'The answers file is not a regular file with UTF-8 text of at most 1 MiB.'},
	'answers-wrong': {exit: 2, about: 'Answers are wrong; the message names each with its line.'},
	'change-refused': {exit: 2, about: 'The answers change something that cannot be changed on a cluster that is built.'},
	'sandbox-fixed': {exit: 2, about: '`--sandbox` is given for a cluster that was begun on the host itself.'},
	'path-unusable': {exit: 2, about: 'A folder has characters in its name that ssh or virt-install misread.'},
	'folders-overlap': {
		exit: 2,
		about: 'The state directory and the image cache are the same folder, or one lies in the other.',
	},
	'folder-not-made': {exit: 2, about: 'A folder for the state or the images cannot be made.'},
	'state-folder-refused': {
		exit: 2,
		about: 'The state directory is neither empty nor one of a cluster, or others than root can change it.',
	},
	'state-entry-foreign': {exit: 2, about: 'A file in the state directory is not the one that the program made.'},
	'state-of-another-cluster': {exit: 2, about: 'The state directory holds the facts of another cluster.'},
	'state-damaged': {exit: 2, about: 'A file of the state cannot be understood: it is damaged, or of another version.'},
	'state-to-move': {exit: 2, about: 'The state lies where an earlier version kept it; `up` or `down` moves it.'},
	'old-sandbox-runs': {exit: 2, about: 'The sandbox of an earlier version still runs.'},
	'journal-damaged': {exit: 2, about: 'The journal cannot be understood, so what is left of a run could be missed.'},
	'key-damaged': {exit: 2, about: 'A key file in the state directory holds no key.'},
	'cache-folder-refused': {
		exit: 2,
		about: 'The image cache is neither empty nor one of the program, or others than root can change it.',
	},
	'program-unsafe': {exit: 2, about: 'Root would run a program that others can change.'},
	'no-cluster': {exit: 2, about: 'There is no cluster of that name here yet.'},
	'no-sandbox': {exit: 2, about: 'The cluster is not in a sandbox.'},
	'nothing-measured': {exit: 2, about: 'Neither `verify` nor `bench` has run, so there is nothing to report.'},
	'confirmation-missing': {
		exit: 2,
		about: 'A question has to be answered, and there is neither a terminal nor `--yes`.',
	},
	declined: {exit: 1, about: 'A question was declined; nothing was touched.'},
	'not-root': {exit: 3, about: 'The command needs root, and sudo cannot be run.'},
	'cluster-busy': {exit: 5, about: 'Another process works on the cluster.'},
	'sandbox-stopped': {exit: 1, about: 'The sandbox of the cluster does not run; `start` starts it.'},
	'sandbox-control': {exit: 1, about: 'The sandbox could not be started, stopped or looked at.'},
	'no-machines': {exit: 1, about: 'The cluster has no machines yet; `up` builds them.'},
	'libvirt-silent': {exit: 1, about: 'libvirt does not answer.'},
	'vips-nowhere': {exit: 1, about: 'The VIPs are on neither director, so they cannot be moved.'},
	'probe-ended': {exit: 1, about: 'The process that sends requests ended before its time.'},
	'port-taken': {exit: 1, about: '`open` cannot listen on that port.'},
	'content-not-packed': {
		exit: 1,
		about: 'The pages of the user could not be packed; with exit code 130 because that was interrupted.',
	},
	'file-not-written': {
		exit: 1,
		about: 'A file for the user, such as the answers or the support archive, could not be written.',
	},
	disk: {exit: 1, about: 'The disk is full, read-only or broken, or refuses a file of the program.'},
} as const satisfies Record<string, {readonly exit: number; readonly about: string}>;

export type ErrorCode = keyof typeof errorCodes;
