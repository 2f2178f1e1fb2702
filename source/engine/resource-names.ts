import {joined, phrase, verbatim, type Text} from '../languages/text.ts';

/** Names of resource kinds for lists and screens. */
const kinds: Readonly<Record<string, Text>> = {
	machine: phrase('machine'),
	network: phrase('network'),
	bridge: phrase('bridge'),
	pool: phrase('pool'),
	image: phrase('image'),
	sandbox: phrase('sandbox'),
	namespace: phrase('namespace'),
	file: phrase('file'),
	directory: phrase('directory'),
	group: phrase('group'),
	package: phrase('package'),
};

/** Names of domain states, by libvirt's own names. */
const machineStates: Readonly<Record<string, Text>> = {
	running: phrase('running'),
	idle: phrase('idle'),
	paused: phrase('paused'),
	'in shutdown': phrase('in shutdown'),
	'shut off': phrase('shut off'),
	crashed: phrase('crashed'),
	pmsuspended: phrase('suspended'),
	'no state': phrase('no state'),
};

/**
 * Name of a place in the plan: `machine` is this computer, `host` the computer or sandbox that runs libvirt, anything
 * else a node.
 */
export function placeText(place: string, isSandbox: boolean): Text {
	return place === 'machine'
		? phrase('this computer')
		: place !== 'host'
			? verbatim(place)
			: isSandbox
				? phrase('the sandbox')
				: phrase('this computer (libvirt)');
}

/** Name of a resource kind in the user's language; a kind unknown to this version is shown as the journal has it. */
export function kindText(kind: string): Text {
	return kinds[kind] ?? verbatim(kind);
}

/** `machine SERVER3`, `file /var/lib/…/raid1.img (in the sandbox)`: that path is none of this computer's. */
export function resourceText({
	kind,
	name,
	isInside = false,
}: {
	readonly kind: string;
	readonly name: string;
	readonly isInside?: boolean;
}): Text {
	return joined([kindText(kind), verbatim(name), ...(isInside ? [phrase('(in the sandbox)')] : [])], ' ');
}

/** Name of a domain state in the user's language; an unknown state is shown as libvirt prints it. */
export function machineStateText(state: string): Text {
	return machineStates[state] ?? verbatim(state);
}
