import {phrase, type Text} from '../languages/text.ts';


/** Words of `stop` and `start`: the whole cluster, with its machines. */
export const powerMessages = {
	stopTitle: phrase('Stop the whole cluster'),
	startTitle: phrase('Start the whole cluster'),
	/** @param start the command that ends it */
	willStop: (count: number, start: string): Text => phrase('All {count} machines are shut down, the storage last. Clients get no page until `{start}`.', {count, start}),
	stopped: (duration: string): Text => phrase('All machines are off ({duration}).', {duration}),
	alreadyStopped: phrase('All machines are off already.'),
	started: (time: string, duration: string): Text => phrase('The page is answered again since {time} ({duration}).', {time, duration}),
	notBuilt: phrase('The cluster has no machines yet: `cluster-wizard up` builds them.'),
	noLibvirt: phrase('libvirt does not answer, so the machines cannot be stopped or started. `systemctl status libvirtd` shows why.'),
} satisfies Record<string, unknown>;
