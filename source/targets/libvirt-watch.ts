import {libvirtBinding} from './libvirt-binding.ts';
import {virshReader, watchEvents, type DomainReader, type DomainStates} from './libvirt.ts';

export interface WatchedStates {
	/** Name of the reader: the binding's package, or `virsh`. */
	readonly source: string;
	readonly states: DomainStates;
}

/** Milliseconds between two polls, which catch events missed while the connection was lost. */
const lookInterval = 10_000;

/**
 * Reports the VMs' states at each change. Reads them with the libvirt binding if it is installed and works, else with virsh.
 * Returns a function that stops watching.
 * @param uri returns libvirt's current URI; undefined while there is no libvirt
 * @param root package whose `node_modules` contains the binding
 */
export function watchMachines(
	uri: () => string | undefined,
	onStates: (states: WatchedStates) => void,
	root?: string,
): () => void {
	let isOver = false;
	let connection: {readonly uri: string; readonly reader: DomainReader; readonly end: () => void} | undefined;
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
			// libvirt has not started yet or is restarting: the next poll tries again.
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
				const reader = (await libvirtBinding(current, root)) ?? virshReader(current);
				connection = {
					uri: current,
					reader,
					end: isOver
						? () => {}
						: watchEvents(current, () => {
								void look();
							}),
				};
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
