import {phrase, type Text} from '../languages/text.ts';

/** Messages of `stop` and `start`, which affect the whole cluster and all its VMs. */
export const powerMessages = {
	stopTitle: phrase('Stop the whole cluster'),
	startTitle: phrase('Start the whole cluster'),
	/** @param start command that starts the cluster again */
	willStop: (count: number, start: string): Text =>
		phrase('All {count} machines are shut down, the storage last. Clients get no page until `{start}`.', {
			count,
			start,
		}),
	stopped: (duration: string): Text => phrase('All machines are off ({duration}).', {duration}),
	alreadyStopped: phrase('All machines are off already.'),
	started: (time: string, duration: string): Text =>
		phrase('The page is answered again since {time} ({duration}).', {time, duration}),
	notBuilt: phrase('The cluster has no machines yet: `cluster-wizard up` builds them.'),
	noLibvirt: phrase(
		'libvirt does not answer, so the machines cannot be stopped or started. `systemctl status libvirtd` shows why.',
	),
} satisfies Record<string, unknown>;
