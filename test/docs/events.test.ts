import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {eventsPage, eventsSchema} from '../../events-reference.ts';
import {assetPath, packageRoot} from '../../source/assets.ts';
import type {JobBody} from '../../source/planning/json-event.ts';
import {strictEvents} from '../strict-events.ts';

const read = (file: string) => readFileSync(join(packageRoot, file), 'utf8');
const schema = eventsSchema();
const strict = strictEvents(schema);

test('schema and table are those of the types: `npm run schema`', () => {
	expect(JSON.parse(readFileSync(assetPath('events.schema.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
	expect(eventsPage(read('docs/events.md'), schema)).toBe(read('docs/events.md'));
});

test('every event of a recorded run is one of them, and has their fields alone', () => {
	const events = read('test/recorded/first-run.jsonl')
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as Record<string, unknown>);
	expect(events.length).toBeGreaterThan(100);
	expect(events.filter(event => !strict(event))).toEqual([]);
});

describe('what is no event of ours', () => {
	const good: JobBody = {type: 'step-started', unit: 'raid', step: 'raid', host: 'nas', title: 'RAID'};
	test.each([
		['another type', {...good, type: 'step-began'}],
		['a field that is missing', {...good, host: undefined}],
		['a field that is not described', {...good, colour: 'red'}],
		['a number as text', {type: 'measurement', name: 'rate', value: '12', unit: '1/s'}],
	])('%s', (_, body) => {
		const time = new Date().toISOString();
		expect(strict({...good, time})).toBe(true);
		expect(strict(JSON.parse(JSON.stringify({...body, time})) as Record<string, unknown>)).toBe(false);
	});
});
