import {readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {describe, expect, test} from 'vitest';
import {packageRoot} from '../../source/assets.ts';
import {byRole} from '../../source/measure/health/by-role.ts';
import {innerRoles, roles} from '../../source/roles/index.ts';
import {render} from '../../source/shell/command.ts';
import {testCluster} from '../cluster-fixture.ts';

const cluster = testCluster();
const fixed = roles.flatMap(({nodes}) => nodes);

test('roles and their nodes have names of their own', () => {
	for (const names of [
		roles.map(({id}) => id),
		roles.map(({label}) => label.en),
		roles.map(({label}) => label.es),
		fixed.map(({id}) => id),
		fixed.map(({about}) => about.en),
	]) {
		expect(new Set(names).size).toBe(names.length);
	}

	expect(fixed.filter(({id}) => /^server\d/.test(id))).toEqual([]);
});

test('the cluster has the nodes of each role, in this order', () => {
	expect(cluster.nodes.filter(({id}) => !/^server\d/.test(id)).map(({id}) => id)).toEqual(fixed.map(({id}) => id));
	expect(Object.keys(cluster.byRole)).toEqual(roles.map(({id}) => id));
	expect(cluster.nodes).toEqual(roles.flatMap(({id}) => cluster.byRole[id]));
});

test('addresses are given once, in a wide network and in a narrow one', () => {
	for (const internal of ['10.1.0.0/24', '10.1.0.0/27']) {
		const {nodes, vip} = testCluster({networks: {internal: {cidr: internal}, heartbeat: {cidr: '10.2.0.0/28'}}});
		const addresses = [
			vip.internal,
			...nodes.flatMap(({nics}) => nics.filter(({network}) => network !== 'external').map(({address}) => address)),
		];
		expect(new Set(addresses).size).toBe(addresses.length);
	}
});

describe.each(roles)(
	'$id',
	({id, nodes, pool, networks, disk, units, unconfigured, packages, packagesOf, look, support, whenStopped}) => {
		test('has nodes or a pool, with addresses on all its networks', () => {
			expect(nodes.length > 0).toBe(pool === undefined);
			expect(nodes.every(({heartbeat}) => (heartbeat !== undefined) === networks.includes('heartbeat'))).toBe(true);
			for (const {nics} of cluster.byRole[id]) {
				expect(nics.map(({network}) => network).sort()).toEqual(['internal', ...networks].sort());
			}
		});

		test('has names that Debian, systemd and dash take', () => {
			expect(
				[...packages, ...(packagesOf?.debian ?? []), ...(packagesOf?.ubuntu ?? [])].filter(
					name => !/^[a-z\d][a-z\d+.-]+$/.test(name),
				),
			).toEqual([]);
			expect([...units, ...unconfigured].filter(name => !/^[\w@-]+$/.test(name))).toEqual([]);
			expect(disk).toBeGreaterThanOrEqual(2);
			expect(render(support, 'execute')).not.toBe('');
		});

		test('says what stopping a node costs, unless that depends on who holds the VIPs', () => {
			expect(whenStopped === undefined).toBe(!innerRoles.includes(id));
			const text = whenStopped?.('this-node');
			expect([text?.en, text?.es].every(words => words === undefined || words.includes('this-node'))).toBe(true);
		});

		test('has a reader for the answers to its look', () => {
			expect(byRole[id] === undefined).toBe(look === undefined);
			expect(render(look?.(cluster) ?? support, 'execute').startsWith('echo %%')).toBe(look !== undefined);
		});
	},
);

/** Files that compare a role by name, for the one or the pair or the pool that the field means. */
const meant = [
	['source/answers/answers-from.ts', 'the group `web` of the answers'],
	['source/answers/build-cluster.ts', 'the pair, which Corosync counts'],
	['source/answers/check-addresses.ts', 'the group `web` of the answers'],
	['source/answers/check-choices.ts', 'the group `web` of the answers'],
	['source/commands/stop.ts', 'only a director knows who holds the VIPs'],
	['source/report/report-conditions.ts', 'the number of web servers, which load depends on'],
	['source/ui/harmful-actions.ts', 'the other director; the number of web servers'],
	['steps/stop-start.ts', 'Pacemaker stops on the directors, one after the other'],
] as const;

test('roles are told apart by their data: a name is compared only where the field means that one', () => {
	const files = ['source', 'steps']
		.flatMap(folder => readdirSync(join(packageRoot, folder), {recursive: true, withFileTypes: true}))
		.filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
		.map(entry => relative(packageRoot, join(entry.parentPath, entry.name)));
	const compares = new RegExp(`\\brole [!=]== '(?:${roles.map(({id}) => id).join('|')})'`);
	expect(files.filter(file => compares.test(readFileSync(join(packageRoot, file), 'utf8'))).sort()).toEqual(
		meant.map(([file]) => file).sort(),
	);
});
