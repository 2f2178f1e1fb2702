import {spawn} from 'node:child_process';
import {runProgram} from '../text/run-program.ts';

/** State names by libvirt's number (virDomainState). */
const stateNames = ['no state', 'running', 'idle', 'paused', 'in shutdown', 'shut off', 'crashed', 'pmsuspended'];

export type DomainStates = ReadonlyMap<string, string>;

/** Reads the states of all VMs of a libvirt daemon, by VM name. `read` throws if libvirt does not answer. */
export interface DomainReader {
	readonly name: string;
	read(): Promise<DomainStates>;
	close(): void;
}

/** URI of this computer's libvirt, or of a sandbox's, reached through the root directory of the sandbox's process. */
export function libvirtUri(sandboxPid?: number): string {
	return sandboxPid === undefined
		? 'qemu:///system'
		: `qemu+unix:///system?socket=/proc/${sandboxPid}/root/run/libvirt/libvirt-sock`;
}

/** Parses `virsh domstats --state`. */
export function parseDomstats(text: string): DomainStates {
	return new Map(
		[...text.matchAll(/^Domain: '(.*)'\n(?: {2}.*\n)*? {2}state\.state=(\d+)$/gm)].map(([, name, state]) => [
			name!,
			stateName(Number(state)),
		]),
	);
}

export function stateName(state: number): string {
	return stateNames[state] ?? `state ${state}`;
}

export function virshReader(uri: string): DomainReader {
	return {
		name: 'virsh',
		async read() {
			return parseDomstats(
				`${await runProgram('virsh', ['-c', uri, '-q', 'domstats', '--state'], {timeout: 10_000, env: {...process.env, LC_ALL: 'C'}})}\n`,
			);
		},
		close() {},
	};
}

/**
 * Calls `onEvent` for each libvirt event, with a delay of about 25 ms, and at each start of `virsh event`. `virsh event`
 * ends when libvirt restarts, and is started again after `retryInterval`. Returns a function that stops watching.
 */
export function watchEvents(uri: string, onEvent: () => void): () => void {
	let isOver = false;
	let again: NodeJS.Timeout | undefined;
	let end = () => {};
	const start = () => {
		const child = spawn('virsh', ['-c', uri, '-q', 'event', '--all', '--loop', '--timestamp'], {
			stdio: ['ignore', 'pipe', 'ignore'],
			env: {...process.env, LC_ALL: 'C'},
		});
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

/** Milliseconds until `virsh event` is started again. */
const retryInterval = 3000;
