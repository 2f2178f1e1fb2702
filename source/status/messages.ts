import {phrase, phraseIn, type Text} from '../languages/text.ts';
import type {StatusRow} from '../measure/status.ts';

/** Messages of `status`. */
export const statusMessages: {
	kinds: Record<Exclude<StatusRow['kind'], 'health'>, Text>;
	columns: Record<string, Text>;
	yes: Text;
	no: Text;
	looking: Text;
	waitingFor: (names: readonly string[]) => Text;
	ends: Text;
} = {
	waitingFor: names => phrase('Waiting for {names}', {names: names.join(', ')}),
	kinds: {
		node: phrase('Machines'),
		page: phrase('Page'),
		director: phrase('Directors (Pacemaker)'),
		resource: phrase('Resources (Pacemaker)'),
		link: phrase('Links (Corosync)'),
		vip: phrase('Floating addresses'),
		'real-server': phrase('Who serves (IPVS)'),
		array: phrase('Array (mdstat)'),
		export: phrase('NFS exports'),
	},
	columns: {
		name: phrase('Name'),
		role: phrase('Role'),
		machine: phrase('Machine'),
		autostart: phrase('Autostart'),
		addresses: phrase('Addresses'),
		reachable: phrase('Answers'),
		memory: phrase('Memory left'),
		disk: phrase('Fullest disk'),
		clock: phrase('Clock'),
		url: phrase('Page'),
		outcome: phrase('Outcome'),
		status: phrase('HTTP'),
		server: phrase('Server'),
		latency: phrase('ms'),
		link: phrase('Link'),
		connected: phrase('Connected'),
		online: phrase('Online'),
		standby: phrase('Standby'),
		agent: phrase('Agent'),
		state: phrase('State'),
		node: phrase('Node'),
		failed: phraseIn('an agent', 'Failed'),
		address: phrase('Address'),
		nodes: phrase('Held by'),
		service: phrase('Service'),
		weight: phrase('Weight'),
		active: phrase('Active'),
		inactive: phrase('Ended'),
		director: phrase('Director'),
		level: phrase('Level'),
		members: phrase('Members'),
		path: phrase('Path'),
		clients: phrase('Clients'),
	},
	yes: phrase('yes'),
	no: phrase('no'),
	looking: phrase('Looking at the cluster …'),
	ends: phrase('Ctrl-C ends it.'),
};
