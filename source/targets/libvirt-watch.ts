import {libvirtBinding} from './libvirt-binding.ts';
import {virshReader, watchEvents, type MachineReader, type MachineStates} from './libvirt.ts';

export interface WatchedStates {
	/** What the states were read with. */
	readonly source: string;
	readonly states: MachineStates;
}

/** Milliseconds: an event may be missed while a connection is lost. */
const lookInterval = 10_000;

/**
 * The machines' states as they change, read with the libvirt binding where it is installed and works, else with virsh.
 * @param uri where libvirt is now; nothing while there is none
 * @param root the package in whose `node_modules` the binding is
 */
export function watchMachines(uri: () => string | undefined, onStates: (states: WatchedStates) => void, root?: string): () => void {
	let isOver = false;
	let connection: {readonly uri: string; readonly reader: MachineReader; readonly end: () => void} | undefined;
	let isReading = false;
	let isStale = false;
	const look = async () => {
		if (isReading || !connection) {
			isStale = isReading;
			return;
		}

		isReading = true;
		try {
			const {reader} = connection;
			const states = await reader.read();
			if (!isOver) {
				onStates({source: reader.name, states});
			}
		} catch {
			// There is no libvirt yet, or it is being started anew; the next look will tell.
		}

		isReading = false;
		if (isStale && !isOver) {
			isStale = false;
			void look();
		}
	};

	const connect = async () => {
		const current = uri();
		if (current !== connection?.uri) {
			connection?.end();
			connection?.reader.close();
			connection = undefined;
			if (current !== undefined) {
				const reader = await libvirtBinding(current, root) ?? virshReader(current);
				connection = {uri: current, reader, end: isOver ? () => {} : watchEvents(current, () => {
					void look();
				})};
			}
		}

		await look();
	};

	void connect();
	const timer = setInterval(() => {
		void connect();
	}, lookInterval);
	return () => {
		isOver = true;
		clearInterval(timer);
		connection?.end();
		connection?.reader.close();
	};
}
