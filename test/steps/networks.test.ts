import {expect, test} from 'vitest';
import {networks} from '../../steps/networks.ts';
import {render} from '../../source/shell/command.ts';
import {removal} from '../../source/tasks/removal.ts';
import {testCluster} from '../cluster-fixture.ts';

const cluster = testCluster();
const tasks = networks.tasks(cluster, {});

test('both networks are isolated: the host has no address on them, and STP is off', () => {
	const definitions = tasks
		.flatMap(({apply}) => apply ?? [])
		.map(({input}) => input)
		.filter(input => typeof input === 'string');
	expect(definitions).toEqual(
		['internal', 'heartbeat'].map(name => {
			const {label, uuid} = cluster.networks[name as 'internal'];
			return `<network>\n  <name>${label}</name>\n  <uuid>${uuid}</uuid>\n  <bridge name='${label}' stp='off' delay='0'/>\n</network>\n`;
		}),
	);
});

test('each is taken back by its UUID, so that another one of the same name is safe', () => {
	const resources = tasks.flatMap(({creates}) => creates ?? []);
	expect(resources.map(({kind, name}) => `${kind} ${name}`)).toEqual(['network redInter', 'network redHeart']);
	for (const [index, {remove, gone}] of resources.map(resource => removal(resource, cluster.paths)).entries()) {
		const {uuid} = [cluster.networks.internal, cluster.networks.heartbeat][index]!;
		expect(render(remove, 'show')).toContain(`net-undefine ${uuid}`);
		expect(render(gone, 'show')).toContain(uuid);
	}
});

test('only machines that have an interface there are looked at', () => {
	const text = (index: number) => render(tasks[index]!.check, 'show');
	expect(text(2)).toContain('domiflist NFS; domiflist MASTER; domiflist STANDBY; domiflist SERVER1');
	expect(text(3)).toContain("'domiflist MASTER; domiflist STANDBY'");
});

test('other names in the answers', () => {
	const renamed = testCluster({networks: {internal: {label: 'inner'}}});
	expect(networks.tasks(renamed, {})[0]!.title.en).toContain('inner');
});
