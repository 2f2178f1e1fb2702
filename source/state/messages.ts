import {phrase, type Text} from '../languages/text.ts';
import type {TrustProblem} from './safe-file.ts';
import type {UnsafePath} from './safe-path.ts';

const troubles: Readonly<Record<TrustProblem, Text>> = {
	link: phrase('it is a link'),
	type: phrase('it is not the kind of file that belongs there'),
	owner: phrase('it belongs to another user'),
	writable: phrase('other users can write to it'),
	size: phrase('it is too large'),
	unreadable: phrase('it cannot be read'),
};

const unsafe: Readonly<Record<UnsafePath['reason'], (path: UnsafePath) => Text>> = {
	owner: ({path, uid}) => phrase('{path} belongs to the user with the number {uid}', {path, uid: Number(uid)}),
	writable: ({path}) => phrase('other users can write to {path}', {path}),
	'not-a-folder': ({path}) => phrase('{path} is not a folder', {path}),
	links: ({path}) => phrase('{path} begins a chain of too many links', {path}),
};

/** Maximum number of foreign names in one sentence. */
const mostNames = 5;

/** Messages about the folder that contains a cluster's state. */
export const stateMessages = {
	unsafePath: (folder: string, where: UnsafePath): Text => {
		const reason = unsafe[where.reason](where);
		return phrase(
			'{folder} is no safe place for files that root trusts: {reason}. Leave out the option, or choose a folder that only root can change, for example below /srv. Nothing was touched.',
			{folder, reason},
		);
	},
	notOurs: (folder: string, trouble: TrustProblem): Text =>
		phrase("{folder} cannot hold a cluster's state: {trouble}. Nothing was touched.", {
			folder,
			trouble: troubles[trouble],
		}),
	cannotMake: (folder: string, reason: Text): Text =>
		phrase(
			'{folder} cannot be made: {reason}. Leave out the option, or choose a folder on a file system that root can write to.',
			{folder, reason},
		),
	foreignFolder: (folder: string, names: readonly string[]): Text => {
		const shown = names
			.slice(0, mostNames)
			.map(name => JSON.stringify(name))
			.join(', ');
		const more = Math.max(0, names.length - mostNames);
		return phrase(
			'{folder} is not empty and holds no cluster of ours (there is {shown}{more, plural, =0 {} other { and {more} more}}). Give an empty or missing folder, or the one of a cluster. Nothing was touched.',
			{folder, shown, more},
		);
	},
	insideOurs: (folder: string, outer: string): Text =>
		phrase(
			"{folder} lies in {outer}, which is the program's own: removing the one would remove the other. Choose a folder elsewhere. Nothing was touched.",
			{folder, outer},
		),
	sameFolder: (folder: string): Text =>
		phrase(
			"{folder} cannot be the place of both the cluster's state and the images. Choose two folders, neither inside the other. Nothing was touched.",
			{folder},
		),
	foreignEntry: (path: string, trouble: TrustProblem): Text =>
		phrase(
			'{path} is not the file that the program made: {trouble}. Find out who changed it; `cluster-wizard down` removes the cluster without it. Nothing was touched.',
			{path, trouble: troubles[trouble]},
		),
	ignored: (path: string, trouble: TrustProblem): Text =>
		phrase('{path} is not used and stays: {trouble}', {path, trouble: troubles[trouble]}),
	/** Foreign files that `down` keeps. */
	foreignStays: (paths: readonly string[]): Text =>
		phrase('These files were not made by the program and stay: {paths}', {
			paths: paths.map(path => JSON.stringify(path)).join(', '),
		}),
	otherCluster: (file: string): Text =>
		phrase(
			'{file} belongs to another cluster than its folder says. Put the right file back, or remove the cluster with `cluster-wizard down`.',
			{file},
		),
	sandboxOf: (path: string): Text =>
		phrase('The sandbox of an earlier version still runs from {path}. Stop it first: sudo {path}/control stop', {path}),
	oldBroken: (file: string, reason: string): Text =>
		phrase(
			'{file}, of an earlier version, cannot be understood: {reason}. Nothing was moved. Put a copy back, or move the folder aside to begin anew.',
			{file, reason},
		),
	sandboxStays: (folder: string): Text => phrase('{folder} stays; it is no longer used and can be deleted.', {folder}),
	willMove: (from: string, to: string): Text =>
		phrase(
			'The state of this cluster lies in {from}, where an earlier version kept it. It will be moved to {to}, which only root can change.',
			{from, to},
		),
	mustMove: (from: string, to: string): Text =>
		phrase(
			'The state of this cluster lies in {from}, where an earlier version kept it. `cluster-wizard up` or `cluster-wizard down` moves it to {to}, which only root can change.',
			{from, to},
		),
	moved: (from: string, to: string): Text =>
		phrase(
			"The cluster's state was moved from {from} to {to}, which only root can change. Reports and logs of earlier runs stay in {from}.",
			{from, to},
		),
	programUnsafe: (path: string): Text =>
		phrase(
			'Root does not run this program, because others could change it: {path}. Let it belong to you or to root and take write permission from others (chmod go-w), or install the program elsewhere.',
			{path},
		),
} as const;
