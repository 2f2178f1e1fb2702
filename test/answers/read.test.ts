import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished, vi} from 'vitest';
import {Document, Scalar, type YAMLMap} from 'yaml';
import {readDocument} from '../../source/answers/answers-document.ts';
import {thesisDefaults} from '../../source/answers/defaults.ts';
import {formatProblems} from '../../source/answers/problems.ts';
import {readAnswers} from '../../source/answers/read.ts';
import {contentCheck} from '../../source/content/check.ts';
import {self} from '../content/trees.ts';

function problems(text: string, language: 'en' | 'es' = 'en'): string[] {
	const result = readAnswers(text, {file: 'a.yaml', folder: import.meta.dirname, contentCheck: contentCheck(self)});
	return 'problems' in result ? formatProblems(result.problems, language, result.more).split('\n') : [];
}

describe('readAnswers', () => {
	it.each([
		['an empty file', '', {}],
		['only comments', '# nothing\n', {}],
		['empty groups', 'networks:\n  internal:\nvip:\n', {networks: {}}],
		[
			'values of every kind',
			'name: lab-2\nweb: {count: 5}\nha: {failback: false, monitor: 10s}\nraid: {level: 10, disks: 4}',
			{
				name: 'lab-2',
				web: {count: 5},
				ha: {failback: false, monitor: '10s'},
				raid: {level: 10, disks: 4},
			},
		],
		['the folder of the tests as content', 'web: {content: .}', {web: {content: '.'}}],
		[
			'content that is gone, for commands that do not look at it',
			'web: {content: ./nowhere}',
			{web: {content: './nowhere'}},
		],
		[
			'one server among fifty',
			'web: {count: 50}\nnodes: {server50: {memory: 1G}}',
			{web: {count: 50}, nodes: {server50: {memory: '1G'}}},
		],
		[
			'a /28 that is just large enough',
			'networks: {internal: {cidr: 10.0.10.0/28}}\nweb: {count: 10}',
			{networks: {internal: {cidr: '10.0.10.0/28'}}, web: {count: 10}},
		],
		[
			'a /30 for the heartbeat',
			'networks: {heartbeat: {cidr: 10.0.20.4/30}}',
			{networks: {heartbeat: {cidr: '10.0.20.4/30'}}},
		],
	])('reads %s', (_, text, answers) => {
		expect(readAnswers(text, {folder: import.meta.dirname})).toEqual({answers});
	});

	it.each([
		['not YAML', 'name: [', ['a.yaml:1:8: this is not YAML']],
		['a tab', 'web:\n\tcount: 3', ['a.yaml:2:1: a tab cannot indent; use spaces.']],
		['a list', '- name', ['a.yaml:1:1: this is not a list of keys and values']],
		['an alias without an anchor', 'name: *x', ['a.yaml:1:1: this is not a list of keys and values']],
		['a second document', 'name: a\n---\nname: b', ['a.yaml:2:1: a second document begins here']],
		['a key that stands twice', 'name: a\nname: b', ['a.yaml:2:1: the same key stands here a second time.']],
		['a slip of the pen', 'profle: fast', ['a.yaml:1:1: profle: there is no such key; did you mean profile?']],
		[
			'a key in the wrong group',
			'failback: true',
			['a.yaml:1:1: failback: there is no such key; did you mean ha.failback?'],
		],
		[
			'a key like nothing',
			'vip: {zzz: 1}',
			['a.yaml:1:7: vip.zzz: there is no such key; here one may write external, internal.'],
		],
		[
			'a machine that is none',
			'nodes: {serverx: {}}',
			['a.yaml:1:9: nodes.serverx: there is no such key; did you mean nodes.server1?'],
		],
		['a key of the object prototype', '__proto__: 1', ['a.yaml:1:1: __proto__: there is no such key']],
		...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'prototype'].flatMap(
			(key): Array<[string, string, string[]]> => [
				[`the group ${key}`, `${key}: {}`, [`a.yaml:1:1: ${key}: there is no such key`]],
				[`a machine called ${key}`, `nodes: {${key}: {}}`, [`a.yaml:1:9: nodes.${key}: there is no such key`]],
				[
					`a key ${key} of a machine`,
					`nodes: {nas: {${key}: {memory: 1G}}}`,
					[`a.yaml:1:15: nodes.nas.${key}: there is no such key`],
				],
				[
					`a key ${key} of a network`,
					`networks: {internal: {${key}: 1}}`,
					[`a.yaml:1:23: networks.internal.${key}: there is no such key`],
				],
				[`a value with a key ${key}`, `name: {${key}: 1}`, ['a.yaml:1:1: name: must be a name']],
			],
		),
		[
			'a server that cannot be',
			'nodes: {server51: {}, server0: {}, server01: {}}',
			[
				'a.yaml:1:9: nodes.server51: there is no such key',
				'a.yaml:1:23: nodes.server0: there is no such key',
				'a.yaml:1:36: nodes.server01: there is no such key',
			],
		],
		['an alias', 'name: &a web\nweb: {content: *a}', ['a.yaml:1:1: this is not a list of keys and values']],
		[
			'an alias in a key that there is not',
			'a: &a [x]\nb: [*a, *a]',
			['a.yaml:1:1: this is not a list of keys and values'],
		],
		[
			'a key that stands twice where there is no such key',
			'x: {a: 1, a: 2}',
			['a.yaml:1:11: the same key stands here a second time.'],
		],
		['lists that are nested too deeply', `name: ${'['.repeat(100_000)}`, ['a.yaml:1:']],
		[
			'a huge value',
			`name: ${'x'.repeat(500_000)}`,
			[
				`a.yaml:1:7: name: must be a name of lower-case letters, digits and hyphens, a letter first, 32 at most; it is "${'x'.repeat(58)}….`,
			],
		],
		['a huge key', `${'x'.repeat(1000)}: 1`, [`a.yaml:1:1: ${'x'.repeat(119)}…: there is no such key`]],
		[
			'escape sequences in keys and values',
			String.raw`"a\u001b]52;c;eA==\u0007": 1` + '\n' + String.raw`name: "\u009b31m\u202e\u200b"`,
			[
				'a.yaml:1:1: a\uFFFD: there is no such key',
				'a.yaml:2:7: name: must be a name of lower-case letters, digits and hyphens, a letter first, 32 at most; it is "\uFFFD".',
			],
		],
		[
			'an escape sequence in a path',
			String.raw`web: {content: "/tmp/\u001b]52;c;eA==\u0007"}`,
			['a.yaml:1:16: web.content: must be the path of a folder; it is "/tmp/'],
		],
		[
			'a value of another type',
			'web: {count: three}',
			['a.yaml:1:14: web.count: must be a whole number from 1 to 50; it is "three".'],
		],
		['a group that is none', 'nodes: 5', ['a.yaml:1:8: nodes: must be a group of keys; it is 5.']],
		['no value', 'vip:\n  external:\n', ['a.yaml:2:3: vip.external: there is no value; it must be an IPv4 address']],
		[
			'a duration without unit',
			'ha: {monitor: 5}',
			['a.yaml:1:15: ha.monitor: must be a duration with its unit, such as 5s or 2min; it is 5.'],
		],
		['no web server', 'web: {count: 0}', ['a.yaml:1:14: web.count: must be a whole number from 1 to 50; it is 0.']],
		[
			'too many web servers',
			'web: {count: 51}',
			['a.yaml:1:14: web.count: must be a whole number from 1 to 50; it is 51.'],
		],
		[
			'shell characters in a name',
			'nodes: {nas: {name: "a;reboot"}}',
			['a.yaml:1:21: nodes.nas.name: must be a host name'],
		],
		[
			"shell characters in libvirt's name",
			'nodes: {nas: {vm: $(reboot)}}',
			['a.yaml:1:19: nodes.nas.vm: must be a letter or digit followed by'],
		],
		[
			"shell characters in the cluster's name",
			'name: ../web',
			['a.yaml:1:7: name: must be a name of lower-case letters'],
		],
		[
			'a host name that is too long',
			`nodes: {nas: {name: a${'b'.repeat(63)}}}`,
			['a.yaml:1:21: nodes.nas.name: must be a host name'],
		],
		[
			'a bridge name that is too long',
			'networks: {external: {label: abcdefghijklmnop}}',
			['a.yaml:1:30: networks.external.label: must be a letter followed by up to 14'],
		],
		['a name that several lines have', 'name: |\n  a\n  b\n', ['a.yaml:1:7: name: must be a name']],
		[
			'a name used twice',
			'nodes: {nas: {name: master}}',
			['a.yaml:1:21: nodes.nas.name: master is used twice: nodes.nas.name and nodes.master.name.'],
		],
		[
			'a libvirt name used twice',
			'nodes: {nas: {vm: X}, server1: {vm: X}}',
			['a.yaml:1:37: nodes.server1.vm: X is used twice: nodes.nas.vm and nodes.server1.vm.'],
		],
		[
			"a network's name used twice",
			'networks: {internal: {label: redHeart}}',
			[
				'a.yaml:1:30: networks.internal.label: redHeart is used twice: networks.internal.label and networks.heartbeat.label.',
			],
		],
		[
			'a libvirt name that is a number',
			'nodes: {nas: {vm: "1"}, master: {vm: "2"}}',
			[
				'a.yaml:1:19: nodes.nas.vm: must be a letter or digit followed by up to 49 letters, digits, dots, hyphens or underscores, and not digits only; it is "1".',
				'a.yaml:1:38: nodes.master.vm: must be',
			],
		],
		[
			'names that no bridge can have',
			'networks: {internal: {label: lo}, heartbeat: {label: default}}',
			[
				'a.yaml:1:30: networks.internal.label: lo has a meaning of its own; choose another name.',
				'a.yaml:1:54: networks.heartbeat.label: default has a meaning of its own; choose another name.',
			],
		],
		[
			'a name with another meaning',
			'nodes: {nas: {name: host}}',
			['a.yaml:1:21: nodes.nas.name: host has a meaning of its own'],
		],
		['too few disks', 'raid: {disks: 3}', ['a.yaml:1:15: raid.disks: RAID 6 needs at least 4 disks; there are 3.']],
		['disks that are too small', 'raid: {size: 16M}', ['a.yaml:1:14: raid.size: 16M is too little; 32M is the least.']],
		[
			'too little memory',
			'nodes: {nas: {memory: 64M}}',
			['a.yaml:1:23: nodes.nas.memory: 64M is too little; 256M is the least.'],
		],
		[
			'a system disk that is too small',
			'nodes: {master: {disk: 1G}}',
			['a.yaml:1:24: nodes.master.disk: 1G is too little; 2G is the least.'],
		],
		[
			'a release of the other distribution',
			'guest: {distribution: ubuntu, release: trixie}',
			['a.yaml:1:40: guest.release: trixie is not a release of ubuntu.'],
		],
		[
			'a machine that is not there',
			'nodes: {server4: {memory: 1G}}',
			['a.yaml:1:9: nodes.server4: there is no server4: web.count is 3.'],
		],
		[
			'content that is not there',
			'web: {content: ./nowhere}',
			[`a.yaml:1:16: web.content: there is no folder ${import.meta.dirname}/nowhere.`],
		],
		['content that is a file', 'web: {content: read.test.ts}', ['a.yaml:1:16: web.content: there is no folder']],
		[
			'overlapping networks',
			'networks: {internal: {cidr: 10.0.0.0/16}}',
			[
				'a.yaml:1:29: networks.internal.cidr: networks.internal.cidr (10.0.0.0/16) and networks.heartbeat.cidr (10.0.20.0/24) overlap.',
			],
		],
		[
			'an address instead of a network',
			'networks: {internal: {cidr: 10.0.10.5/24}}',
			[
				'a.yaml:1:29: networks.internal.cidr: 10.0.10.5/24 is an address inside a network; the network is 10.0.10.0/24.',
			],
		],
		[
			'a range that is no local one',
			'networks: {internal: {cidr: 127.0.0.0/24}}',
			['a.yaml:1:29: networks.internal.cidr: 127.0.0.0/24 cannot be used for machines'],
		],
		[
			'a VIP outside its network',
			'vip: {external: 192.168.2.200}',
			['a.yaml:1:17: vip.external: 192.168.2.200 (vip.external) is outside 192.168.1.0/24 (networks.external.cidr).'],
		],
		[
			'a broadcast address',
			'vip: {internal: 10.0.10.255}',
			['a.yaml:1:17: vip.internal: 10.0.10.255 (vip.internal) is the first or last address'],
		],
		[
			"a network's own address",
			'nodes: {nas: {internal: 10.0.10.0}}',
			['a.yaml:1:25: nodes.nas.internal: 10.0.10.0 (nodes.nas.internal) is the first or last address'],
		],
		[
			"the gateway's address",
			'vip: {external: 192.168.1.1}',
			['a.yaml:1:17: vip.external: 192.168.1.1 is used twice: networks.external.gateway and vip.external.'],
		],
		[
			'an address used twice',
			'nodes: {master: {internal: 10.0.10.100}}',
			['a.yaml:1:28: nodes.master.internal: 10.0.10.100 is used twice: nodes.nas.internal and nodes.master.internal.'],
		],
		[
			"a server's address used twice",
			'web: {first: 10.0.10.199}',
			['a.yaml:1:14: web.first: 10.0.10.200 is used twice: vip.internal and nodes.server2.internal.'],
		],
		[
			'a range too small for the servers',
			'web: {first: 10.0.10.250, count: 20}',
			['a.yaml:1:14: web.first: 10.0.10.255 (nodes.server6.internal) is the first or last address'],
		],
		[
			'a range too small for anything',
			'networks: {external: {cidr: 192.168.1.0/30}}',
			[
				'a.yaml:1:29: networks.external.cidr: 192.168.1.2 is used twice: vip.external and nodes.master.external.',
				'a.yaml:1:29: networks.external.cidr: 192.168.1.3 (nodes.standby.external) is the first or last address',
			],
		],
	])('refuses %s', (_, text, expected) => {
		const found = problems(text);
		expect(found.map((line, index) => line.slice(0, expected[index]?.length))).toEqual(expected);
		// Every problem has its sentence in Spanish as well, at the same place.
		const spanish = problems(text, 'es');
		expect(spanish.map(line => line.split(': ')[0])).toEqual(found.map(line => line.split(': ')[0]));
		expect(spanish).not.toEqual(found);
	});

	it('says everything at once, in the order of the file, and nothing that only follows from a mistake', () => {
		expect(
			problems(
				[
					'name: We b',
					'vip: {external: 192.168.1.300, internal: 10.0.10.1}',
					'web: {count: 0, frist: 10.0.10.5}',
					'raid: {disks: 3}',
					'nodes: {nas: {internal: 10.0.10.2, memory: 1M}}',
				].join('\n'),
			).map(line => line.split(': ').slice(0, 2).join(' ')),
		).toEqual([
			'a.yaml:1:7 name',
			'a.yaml:2:17 vip.external',
			'a.yaml:2:42 vip.internal',
			'a.yaml:3:14 web.count',
			'a.yaml:3:17 web.frist',
			'a.yaml:4:15 raid.disks',
			'a.yaml:5:25 nodes.nas.internal',
			'a.yaml:5:44 nodes.nas.memory',
		]);
	});

	it('tells the first fifty problems and how many more there are', () => {
		const lines = Array.from({length: 20_000}, (_, index) => `key${index}: 1`);
		const found = problems(lines.join('\n'));
		expect(found).toHaveLength(51);
		expect(found[49]).toMatch(/^a\.yaml:50:1: key49: there is no such key/);
		expect(found[50]).toBe('… and 19950 more');
		expect(problems(lines.join('\n'), 'es')[50]).toBe('… y 19950 más');
		expect(problems('x: ]\n'.repeat(20_000))).toHaveLength(51);
		expect(problems(`nodes: {${lines.join(', ')}}`)).toHaveLength(51);
	});

	it('looks at each key once', () => {
		// Each key that is compared with those before it would be asked for its name as often as there are keys.
		const keys = Array.from({length: 2000}, (_, index) => ({toString: vi.fn(() => `key${index}`)}));
		const document = new Document(new Map(keys.map(key => [key, 1])));
		for (const [index, pair] of (document.contents as unknown as YAMLMap).items.entries()) {
			pair.key = Object.assign(new Scalar(keys[index]!), {range: [index, index, index]});
		}

		expect(readDocument(document)!.unknown).toHaveLength(2000);
		expect(keys.every(key => key.toString.mock.calls.length === 1)).toBe(true);
	});

	it('pollutes no prototype', () => {
		readAnswers(
			'__proto__: {isEvil: true}\nnodes: {__proto__: {isEvil: true}, constructor: {prototype: {isEvil: true}}}\nname: {__proto__: {isEvil: true}}',
		);
		expect(({} as Record<string, unknown>)['isEvil']).toBeUndefined();
	});

	it('checks against what is proposed for a real host', () => {
		const proposal = {
			...thesisDefaults,
			external: 'bridge',
			nic: 'eno1',
			cidr: '172.16.5.0/24',
			gateway: '172.16.5.1',
			addresses: ['172.16.5.200', '172.16.5.135', '172.16.5.139'],
		} as const;
		expect(readAnswers('vip: {external: 172.16.5.50}', {proposal})).toEqual({
			answers: {vip: {external: '172.16.5.50'}},
		});
		expect(readAnswers('vip: {external: 192.168.1.200}', {proposal})).toHaveProperty('problems');
		expect(readAnswers('', {proposal: {...proposal, nic: undefined}})).toHaveProperty('problems.0.key', 'host.nic');
	});

	it('refuses content that the array has no room for', () => {
		const folder = mkdtempSync(join(tmpdir(), 'content-'));
		onTestFinished(() => rmSync(folder, {recursive: true}));
		writeFileSync(join(folder, 'film'), Buffer.alloc(40 * 2 ** 20));
		const read = (raid: string) =>
			readAnswers(`web: {content: ${folder}}\n${raid}`, {contentCheck: contentCheck(self)});
		expect(read('')).toHaveProperty('answers');
		expect(read('raid: {disks: 4, size: 32M, level: 10}')).toHaveProperty('answers');
		writeFileSync(join(folder, 'other'), Buffer.alloc(20 * 2 ** 20));
		expect(read('raid: {disks: 4, size: 32M, level: 10}')).toHaveProperty(
			'problems.0.message.en',
			`${folder} has 60M; the array has room for 57M.`,
		);
	});
});
