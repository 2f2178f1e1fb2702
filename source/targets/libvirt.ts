import {spawn} from 'node:child_process';
import {outputOf} from '../text/program.ts';

/** libvirt's names of the states of a machine, by its number (virDomainState). */
const stateNames = ['no state', 'running', 'idle', 'paused', 'in shutdown', 'shut off', 'crashed', 'pmsuspended'];

export type MachineStates = ReadonlyMap<string, string>;

/** Something that can list the machines of a libvirt and their states, by name. Throws while there is no answer. */
export interface MachineReader {
	readonly name: string;
	read(): Promise<MachineStates>;
	close(): void;
}

/** libvirt's address: this machine's own, or the one of a sandbox, through the root directory of its process. */
export function libvirtUri(sandboxPid?: number): string {
	return sandboxPid === undefined ? 'qemu:///system' : `qemu+unix:///system?socket=/proc/${sandboxPid}/root/run/libvirt/libvirt-sock`;
}

/** `virsh domstats --state`. */
export function parseDomstats(text: string): MachineStates {
	return new Map([...text.matchAll(/^Domain: '(.*)'\n(?: {2}.*\n)*? {2}state\.state=(\d+)$/gm)].map(([, name, state]) => [name!, stateName(Number(state))]));
}

export function stateName(state: number): string {
	return stateNames[state] ?? `state ${state}`;
}

export function virshReader(uri: string): MachineReader {
	return {
		name: 'virsh',
		async read() {
			return parseDomstats(`${await outputOf('virsh', ['-c', uri, '-q', 'domstats', '--state'], {timeout: 10_000, env: {...process.env, LC_ALL: 'C'}})}\n`);
		},
		close() {},
	};
}

/**
 * Calls back whenever something happens to a machine, and once each time the connection is there; events come in about
 * 25 ms. `virsh event` ends when libvirt is started anew: then it is tried again. Returns what ends it.
 */
export function watchEvents(uri: string, onEvent: () => void): () => void {
	let isOver = false;
	let again: NodeJS.Timeout | undefined;
	let end = () => {};
	const start = () => {
		const child = spawn('virsh', ['-c', uri, '-q', 'event', '--all', '--loop', '--timestamp'], {stdio: ['ignore', 'pipe', 'ignore'], env: {...process.env, LC_ALL: 'C'}});
		const retry = () => {
			clearTimeout(again);
			if (!isOver) {
				again = setTimeout(start, retryInterval);
			}
		};

		child.once('error', retry);
		child.once('exit', retry);
		child.stdout.on('data', onEvent);
		end = () => child.kill();
		onEvent();
	};

	start();
	return () => {
		isOver = true;
		clearTimeout(again);
		end();
	};
}

/** Milliseconds until a lost connection is tried again. */
const retryInterval = 3000;
