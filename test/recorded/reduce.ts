/**
 * Reduces runs of a real cluster to recordings for the tests of the estimate.
 *
 *   npx tsx test/recorded/reduce.ts STATE_FOLDER NAME WEB_SERVERS "where and when"
 */
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Event} from '../../source/engine/event.ts';
import {parseJournal} from '../../source/engine/journal-entry.ts';
import {makePlan} from '../../source/engine/plan.ts';
import {steps} from '../../steps/index.ts';
import {testCluster} from '../cluster-fixture.ts';
import type {RecordedRun} from './recorded-run.ts';

const [state = '', name = '', count = '3', where = ''] = process.argv.slice(2);
const {entries} = parseJournal(readFileSync(join(state, 'journal.jsonl'), 'utf8'));
const done = new Set<string>();
for (const ended of entries.filter(entry => entry.type === 'run-finished')) {
	const events = join(state, 'logs', ended.run, 'events.jsonl');
	if (!existsSync(events) || ended.status !== 'ok') {
		continue;
	}

	const run = reduce(readFileSync(events, 'utf8').trim().split('\n').map(line => JSON.parse(line) as Event), Number(count), ended.duration, ended.time);
	writeFileSync(new URL(`runs/${name}-${ended.run}.json`, import.meta.url), `${JSON.stringify(run, null, '\t')}\n`);
	for (const {id} of run.units) {
		done.add(id);
	}
}

function reduce(events: readonly Event[], servers: number, seconds: number, end: string): RecordedRun {
	const origin = Date.parse(end) - (seconds * 1000);
	const at = (time: string) => Math.round((Date.parse(time) - origin) / 10) / 100;
	const plan = makePlan(testCluster({web: {count: Math.max(servers, ...events.flatMap(event => 'unit' in event ? Number(/:server(\d+)$/.exec(event.unit)?.[1] ?? 0) : []))}}), steps);
	const units = plan.flatMap(({id, step, needs, stage}) => {
		const ofUnit = events.filter(event => 'unit' in event && event.unit === id);
		const started = ofUnit.find(({type}) => type === 'step-started');
		const ended = ofUnit.find(event => event.type === 'step-finished');
		const worked = ofUnit.find(({type}) => type === 'task-started');
		return started && ended?.type === 'step-finished' && (ended.status === 'ok' || ended.status === 'changed')
			? [{id, step: step.id, needs, stage, started: at(started.time), duration: Math.round(ended.duration * 100) / 100, ...(worked && {worked: at(worked.time)}), status: ended.status, isDone: done.has(id)}]
			: [];
	});
	return {about: where, acceleration: 'tcg', seconds: Math.round(seconds * 10) / 10, units};
}
