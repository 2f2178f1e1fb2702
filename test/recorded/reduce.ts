import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expectedWork} from '../../source/engine/history.ts';
import type {Event} from '../../source/engine/event.ts';
import {parseJournal} from '../../source/engine/journal-entry.ts';
import {makePlan} from '../../source/engine/plan.ts';
import {steps} from '../../steps/index.ts';
import {testCluster} from '../cluster-fixture.ts';
import type {RecordedRun} from './recorded-run.ts';

/** Steps that make only files of the image cache, where an earlier cluster may have left them. */
const cached = new Set(['base-image', 'images']);

/**
 * Reduces a run of a real cluster that ended well to what an estimate reads. Nothing of the machine stays: no paths, names,
 * addresses or output.
 * @param number of the run, from 1; the newest if not given
 * @param servers web servers of the answers
 */
export function reduceRun(state: string, {servers, number, ...given}: Pick<RecordedRun, 'about' | 'planned'> & {servers: number; number?: number}): RecordedRun | undefined {
	const {entries} = parseJournal(readFileSync(join(state, 'journal.jsonl'), 'utf8'));
	const began = entries.filter(entry => entry.type === 'run-started').at((number ?? 0) - 1);
	const begun = began ? entries.indexOf(began) : -1;
	const ended = entries.find(entry => entry.type === 'run-finished' && entry.run === began?.run);
	if (began?.type !== 'run-started' || ended?.type !== 'run-finished' || ended.run !== began.run || ended.status !== 'ok') {
		return undefined;
	}

	const events = readFileSync(join(state, 'logs', ended.run, 'events.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line) as Event);
	const origin = Date.parse(ended.time) - (ended.duration * 1000);
	const at = (time: string) => Math.round((Date.parse(time) - origin) / 10) / 100;
	const plan = makePlan(testCluster({web: {count: servers}}), steps);
	const expected = expectedWork(entries.slice(0, begun), plan, () => false);
	const units = plan.flatMap(({id, step, needs, stage}) => {
		const ofUnit = events.filter(event => 'unit' in event && event.unit === id);
		const started = ofUnit.find(({type}) => type === 'step-started');
		const finished = ofUnit.find(event => event.type === 'step-finished');
		if (!started || finished?.type !== 'step-finished' || (finished.status !== 'ok' && finished.status !== 'changed')) {
			return [];
		}

		const worked = ofUnit.find(({type}) => type === 'task-started');
		const waited = ofUnit.find(({type}) => type === 'waiting');
		const isDone = expected.get(id) === 'check' || (cached.has(step.id) && finished.status === 'ok' && !worked);
		return [{id, step: step.id, needs, stage, started: at(started.time), duration: Math.round(finished.duration * 100) / 100, ...(worked && {worked: at(worked.time)}), ...(waited && {waited: at(waited.time)}), status: finished.status, isDone}];
	});
	return {about: given.about, acceleration: 'tcg', seconds: Math.round(ended.duration * 10) / 10, ...(given.planned && {planned: given.planned}), units};
}
