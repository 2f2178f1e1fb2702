import {describe, expect, it} from 'vitest';
import {readAnswers} from '../../source/answers/read.ts';
import type {Answers} from '../../source/answers/schema.ts';
import {writeAnswers} from '../../source/answers/write.ts';

const samples: Array<[string, Answers]> = [
	['nothing', {}],
	['one value', {vip: {external: '192.168.1.201'}}],
	[
		'values of every kind',
		{
			name: 'lab',
			language: 'es',
			web: {count: 4, content: './my #1: site'},
			ha: {failback: false, token: 2000, monitor: '10s'},
			raid: {level: 10, disks: 4, size: '1G'},
		},
	],
	[
		'machines',
		{
			nodes: {
				nas: {memory: '1G'},
				master: {external: '192.168.1.50', heartbeat: '10.0.20.9'},
				server3: {disk: '9G'},
				server1: {name: 'apache'},
			},
		},
	],
	[
		'networks',
		{networks: {internal: {cidr: '10.7.0.0/24', label: 'inner'}}, host: {external: 'bridge', nic: 'enp0s31f6'}},
	],
];

describe('writeAnswers', () => {
	it.each(samples)('%s: is read back as it was', (_, answers) => {
		for (const language of ['en', 'es'] as const) {
			const text = writeAnswers(answers, {language});
			expect(readAnswers(text.replace('./my #1: site', '.'))).toEqual({
				answers: {...answers, ...(answers.web?.content ? {web: {...answers.web, content: '.'}} : {})},
			});
		}
	});

	it.each(samples.slice(0, 2))(
		'%s: is a good file with every line uncommented, which gives the same choices',
		(_, answers) => {
			const [, body = ''] = writeAnswers(answers).split('\n\n');
			const result = readAnswers(body.replaceAll(/^# /gm, '').replace('./site', '.'));
			expect(result).toHaveProperty('answers.networks.internal.cidr', '10.0.10.0/24');
			expect(result).toHaveProperty('answers.nodes.server1.memory', '512M');
		},
	);

	it('explains every line in the chosen language', () => {
		const text = writeAnswers({web: {count: 5}}, {language: 'es'});
		expect(text).toMatch(/^web: +# Los servidores web$/m);
		expect(text).toMatch(/^ {2}count: 5 +# Cuántos$/m);
		expect(text).toMatch(/^# {3}first: 10\.0\.10\.110 +# Dirección del primero/m);
		expect(
			text
				.split('\n')
				.slice(3, -1)
				.filter(line => !line.includes(' # ')),
		).toEqual([]);
	});
});
