import {describe, expect, test} from 'vitest';
import {thesisDefaults} from '../../source/answers/defaults.ts';
import {readAnswers} from '../../source/answers/read.ts';
import {AnswersDraft} from '../../source/wizard/answers.ts';
import {leadingClauses} from '../../source/ui/components/text.ts';
import {testFacts} from '../cluster-fixture.ts';

const draft = (text = '') => new AnswersDraft(text, '/home/student');

describe('changing', () => {
	test.each([
		['', 'web.count', '5', 'web:\n  count: 5\n'],
		['', 'ha.failback', 'false', 'ha:\n  failback: false\n'],
		['', 'nodes.server2.name', 'apache2', 'nodes:\n  server2:\n    name: apache2\n'],
		['# mine\nname: shop # the shop\n', 'name', 'store', '# mine\nname: store # the shop\n'],
		['web: {count: 4}\n', 'web.count', undefined, '{}\n'],
		['web: {count: 4, first: 10.0.10.120}\n', 'web.count', undefined, 'web: { first: 10.0.10.120 }\n'],
		['', 'web.content', 'site', 'web:\n  content: /home/student/site\n'],
	])('%j with %s = %s', (text, key, value, result) => {
		const changed = draft(text);
		changed.change(key.split('.'), value);
		expect(changed.text).toBe(result);
	});
});

describe('while typing', () => {
	test.each([
		['web.count', '0', 'a whole number'],
		['web.count', 'many', 'a whole number'],
		['vip.external', '192.168.1.300', 'an IPv4 address'],
		['raid.disks', '3', 'RAID 6 needs at least 4 disks'],
		['networks.internal.cidr', '10.0.10.0', 'an IPv4 network'],
	])('%s = %s is refused with the reason', (key, value, reason) => {
		expect(draft().problemWith(key.split('.'), value, thesisDefaults)?.en).toContain(reason);
	});

	test.each([
		['web.count', '5'],
		['profile', 'fast'],
		['raid.level', '10'],
		['guest.release', 'trixie'],
		['ha.sorryPage', 'false'],
	])('%s = %s is taken', (key, value) => {
		expect(draft().problemWith(key.split('.'), value, thesisDefaults)).toBeUndefined();
	});
});

test('every key is in the form, with a value or an empty one, and short lists as options', () => {
	const fields = draft('web: {count: 2}\n').fields(testFacts, {...thesisDefaults, external: 'bridge', nic: 'eno1'});
	const field = (key: string) => fields.find(({path}) => path.join('.') === key)!;
	expect(field('web.count')).toMatchObject({value: '2', isChosen: true});
	expect(field('vip.external')).toMatchObject({value: '192.168.1.200', isChosen: false});
	expect(field('raid.level').options?.map(({value}) => value)).toEqual(['4', '5', '6', '10']);
	expect(field('ha.failback').options?.map(({value}) => value)).toEqual(['true', 'false']);
	expect(field('host.nic').options).toEqual([{value: 'eno1', note: expect.objectContaining({en: 'cable connected'})}]);
	expect(field('nodes.server2.name').value).toBe('server2');
	expect(field('nodes.server3.name')).toBeUndefined();
});

test('what is wrong in a file is marked at its key', () => {
	const fields = draft('web: {count: 0}\n').fields(testFacts, thesisDefaults);
	expect(fields.find(({path}) => path.join('.') === 'web.count')?.problem?.en).toContain('a whole number');
});

test('a saved file gives the same answers back', () => {
	const changed = draft('profile: fast\n');
	changed.change(['web', 'count'], '4');
	const read = readAnswers(changed.file(thesisDefaults, 'en'), {proposal: thesisDefaults});
	expect(read).toEqual({answers: {profile: 'fast', web: {count: 4}}});
});

test.each([
	['tcg', '1', '15000', '30s'],
	['kvm', '2', undefined, undefined],
] as const)(
	'a value that counts as another one is told with it, and no default is empty (%s)',
	(acceleration, vcpus, token, monitor) => {
		const fields = draft().fields({...testFacts, acceleration: {value: acceleration, source: 'probe'}}, thesisDefaults);
		const field = (key: string) => fields.find(({path}) => path.join('.') === key)!;
		expect(field('ha.token').value).toBe('3000');
		expect(field('ha.token').inForce).toBe(token);
		expect(field('ha.monitor').inForce).toBe(monitor);
		expect(field('web.vcpus').value).toBe(vcpus);
		expect(fields.filter(({isGroup, value}) => !isGroup && value === '').map(({path}) => path.join('.'))).toEqual([
			'web.content',
		]);
	},
);

test.each(['en', 'es'] as const)('each answer says beside its row at 80 columns what it is for (%s)', language => {
	const fields = draft().fields(testFacts, {...thesisDefaults, external: 'bridge', nic: 'eno1'});
	expect(
		fields
			.filter(({isGroup, about}) => !isGroup && leadingClauses(about[language], 31) === '')
			.map(({path}) => path.join('.')),
	).toEqual([]);
});
