import {describe, expect, test} from 'vitest';
import type {UntimedEntry} from '../../source/engine/journal-entry.ts';
import type {JournalEntry} from '../../source/engine/journal-schema.ts';
import {formatEntry, parseJournal} from '../../source/engine/journal-entry.ts';
import {Secret} from '../../source/shell/secret.ts';
import {contentDigest, WrittenFiles, wasUnchangedSince, writtenDigests} from '../../source/engine/written-digests.ts';
import {file} from '../../source/tasks/file.ts';
import {touch, unit} from './running.ts';

const at = (content: string) =>
	unit('names:nas', [touch('a'), file('/etc/hosts', content), file('/etc/key', new Secret('key', 'secret'))]);
const built = at('ours\n');
const finished: UntimedEntry = {
	type: 'step-finished',
	run: 'r',
	unit: 'names:nas',
	status: 'changed',
	duration: 1,
	written: writtenDigests(built),
};
const started: UntimedEntry = {type: 'step-started', run: 's', unit: 'names:nas'};
const failed: UntimedEntry = {type: 'step-finished', run: 's', unit: 'names:nas', status: 'failed', duration: 1};
const disk = (node: string, kind: 'disk' | 'image' = 'disk'): UntimedEntry => ({
	type: 'intent',
	run: 's',
	resource: {kind, name: 'nfs.img', place: 'host', node} as never,
});

/** Whether the file is known to have been written, from a journal's text. */
const wasWritten = (entries: readonly UntimedEntry[], now = built, task = now.tasks[1]!) => {
	const text = entries.map(entry => formatEntry({...entry, time: '2026-01-02T10:00:00.000Z'} as JournalEntry)).join('');
	return wasUnchangedSince(parseJournal(text).entries)(now, task);
};

test('a file whose task is as it was when the unit ended well was written so', () => {
	expect(wasWritten([finished])).toBe(true);
	expect(wasWritten([finished, started, finished])).toBe(true);
	// Another node's disk, and what is shared by all nodes.
	expect(wasWritten([finished, disk('server1'), disk('nas', 'image')])).toBe(true);
});

test.each<[string, UntimedEntry[], typeof built]>([
	['the answers or the program have changed', [finished], at('ours, changed\n')],
	['an older version kept no digests', [{...finished, written: undefined} as UntimedEntry], built],
	['a later run was cut off', [finished, started], built],
	['a later run failed', [finished, started, failed], built],
	['the machine has a new disk', [finished, disk('nas')], built],
	['it was written for another unit', [{...finished, unit: 'names:master'} as UntimedEntry], built],
])('not known: %s', (_, entries, now) => {
	expect(wasWritten(entries, now)).toBe(false);
});

test('nothing is kept of a secret, nor of a task that writes no file', () => {
	expect(writtenDigests(built)).toHaveLength(1);
	expect(wasWritten([finished], built, built.tasks[2]!)).toBe(false);
	expect(wasWritten([finished], built, built.tasks[0]!)).toBe(false);
});

describe('a file on a machine, by its content', () => {
	const content = Buffer.from('ours\n');
	const left: UntimedEntry = {...finished, files: {'/etc/hosts': contentDigest(content)}} as UntimedEntry;
	const journal = (...entries: readonly UntimedEntry[]) =>
		new WrittenFiles(
			parseJournal(
				entries.map(entry => formatEntry({...entry, time: '2026-01-02T10:00:00.000Z'} as JournalEntry)).join(''),
			).entries,
		);

	test('is ours as the unit left it last, also where a later run wrote nothing, failed or was cut off', () => {
		for (const files of [
			journal(left),
			journal(left, started, finished),
			journal(left, started, failed),
			journal(left, started),
		]) {
			expect(files.isOurs('names:nas', '/etc/hosts', content)).toBe(true);
			expect(files.isOurs('names:nas', '/etc/hosts', Buffer.from('changed\n'))).toBe(false);
		}
	});

	test('is not known to be ours on another node, at another path, or from a version that kept no digests', () => {
		expect(journal(left).isOurs('names:master', '/etc/hosts', content)).toBe(false);
		expect(journal(left).isOurs('names:nas', '/etc/motd', content)).toBe(false);
		expect(journal(left).isOurs('names:nas', 'constructor', content)).toBe(false);
		expect(journal(finished).isOurs('names:nas', '/etc/hosts', content)).toBe(false);
	});

	test('written in this run it is ours as it is now, and is kept for the journal', () => {
		const files = journal(left);
		expect(files.of('names:nas')).toBeUndefined();
		files.add('names:nas', '/etc/hosts', contentDigest(Buffer.from('new\n')));
		expect(files.isOurs('names:nas', '/etc/hosts', content)).toBe(false);
		expect(files.isOurs('names:nas', '/etc/hosts', Buffer.from('new\n'))).toBe(true);
		expect(files.of('names:nas')).toEqual({'/etc/hosts': contentDigest(Buffer.from('new\n'))});
	});
});
