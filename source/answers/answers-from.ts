import {writeSettings} from '../cluster/setting.ts';
import {settings} from '../cluster/settings.ts';
import type {ChosenNode} from './choose-nodes.ts';
import type {Choices} from './defaults.ts';
import {formatSize} from './quantities.ts';
import type {Answers} from './schema.ts';

/** Converts choices to answers, including those that the user left open. */
export function answersFrom(choices: Choices): Answers {
	const {name, profile, language, host, guest, networks, vip, nodes, content, raid, ha, check} = choices;
	const webs = nodes.filter(node => node.role === 'web');
	return {
		name,
		profile,
		language,
		host: host.external === 'sandbox' ? {} : {external: host.external, nic: host.nic},
		guest: guest as Answers['guest'],
		networks,
		vip,
		nodes: Object.fromEntries(nodes.map(node => [node.id, machineOf(node)])),
		web: {
			count: webs.length,
			first: webs[0]?.internal,
			content,
			memory: webs[0] && formatSize(webs[0].memory),
			vcpus: webs[0]?.vcpus,
			disk: webs[0] && `${webs[0].disk}G`,
		},
		raid: {...raid, size: formatSize(raid.size)},
		ha: writeSettings(settings.ha, ha),
		check: writeSettings(settings.check, check),
	};
}

function machineOf({
	name,
	vm,
	memory,
	vcpus,
	disk,
	internal,
	external,
	heartbeat,
}: ChosenNode): Record<string, string | number | undefined> {
	const machine = {name, vm, memory: formatSize(memory), vcpus, disk: `${disk}G`, internal};
	return external === undefined ? machine : {...machine, external, heartbeat};
}
