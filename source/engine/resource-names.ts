import {joined, phrase, verbatim, type Text} from '../languages/text.ts';


/** Kinds of resources, as lists and screens name them. */
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

/** States of a domain, as libvirt and virsh name them. */
const machineStates: Readonly<Record<string, Text>> = {
	'running': phrase('running'),
	'idle': phrase('idle'),
	'paused': phrase('paused'),
	'in shutdown': phrase('in shutdown'),
	'shut off': phrase('shut off'),
	'crashed': phrase('crashed'),
	'pmsuspended': phrase('suspended'),
	'no state': phrase('no state'),
};

/** A place of the plan: this computer is `machine`, and where libvirt runs is `host`; nodes have names. */
export function placeText(place: string, isSandbox: boolean): Text {
	return place === 'machine' ? phrase('this computer')
		: place !== 'host' ? verbatim(place)
			: isSandbox ? phrase('the sandbox') : phrase('this computer (libvirt)');
}

/** A kind of resource in the user's language; a kind of another version of the program as the journal has it. */
export function kindText(kind: string): Text {
	return kinds[kind] ?? verbatim(kind);
}

/** `machine SERVER3` */
export function resourceText({kind, name}: {readonly kind: string; readonly name: string}): Text {
	return joined([kindText(kind), verbatim(name)], ' ');
}

/** A state that libvirt tells of a machine, in the user's language. */
export function machineStateText(state: string): Text {
	return machineStates[state] ?? verbatim(state);
}
