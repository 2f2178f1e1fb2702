import type {Text} from './text.ts';

/** Kinds of resources, as lists and screens name them. */
const kinds: Readonly<Record<string, Text>> = {
	machine: {en: 'machine', es: 'máquina'},
	network: {en: 'network', es: 'red'},
	bridge: {en: 'bridge', es: 'puente'},
	pool: {en: 'pool', es: 'pool de libvirt'},
	image: {en: 'image', es: 'imagen'},
	sandbox: {en: 'sandbox', es: 'entorno aislado'},
	namespace: {en: 'namespace', es: 'espacio de nombres'},
	file: {en: 'file', es: 'fichero'},
	directory: {en: 'directory', es: 'carpeta'},
	group: {en: 'group', es: 'grupo'},
	package: {en: 'package', es: 'paquete'},
};

/** States of a domain, as libvirt and virsh name them. */
const machineStates: Readonly<Record<string, Text>> = {
	'running': {en: 'running', es: 'en marcha'},
	'idle': {en: 'idle', es: 'inactiva'},
	'paused': {en: 'paused', es: 'en pausa'},
	'in shutdown': {en: 'in shutdown', es: 'apagándose'},
	'shut off': {en: 'shut off', es: 'apagada'},
	'crashed': {en: 'crashed', es: 'averiada'},
	'pmsuspended': {en: 'suspended', es: 'suspendida'},
	'no state': {en: 'no state', es: 'sin estado'},
};

/** A place of the plan: this computer is `machine`, and where libvirt runs is `host`; nodes have names. */
export function placeText(place: string, isSandbox: boolean): Text {
	return place === 'machine' ? {en: 'this computer', es: 'este equipo'}
		: place !== 'host' ? {en: place, es: place}
			: isSandbox ? {en: 'the sandbox', es: 'el entorno aislado'} : {en: 'this computer (libvirt)', es: 'este equipo (libvirt)'};
}

/** A kind of resource in the user's language; a kind of another version of the program as the journal has it. */
export function kindText(kind: string): Text {
	return kinds[kind] ?? {en: kind, es: kind};
}

/** `machine SERVER3` */
export function resourceText({kind, name}: {readonly kind: string; readonly name: string}): Text {
	const {en, es} = kindText(kind);
	return {en: `${en} ${name}`, es: `${es} ${name}`};
}

/** A state that libvirt tells of a machine, in the user's language. */
export function machineStateText(state: string): Text {
	return machineStates[state] ?? {en: state, es: state};
}
