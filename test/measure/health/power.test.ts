import {expect, test} from 'vitest';
import {factsOf} from '../../../source/measure/health/facts-of.ts';
import {healthLine, judgeHealth} from '../../../source/measure/health/health.ts';
import {startedNotes, type Power} from '../../../source/measure/health/note.ts';
import {ChangedLook} from './healthy.ts';

/** The first line of a look, with this many machines switched off. */
function line(power: Power | undefined, off: number): string {
	const look = new ChangedLook();
	for (const {uuid} of look.cluster.nodes.slice(0, off)) {
		look.change(
			'host',
			new RegExp(`(Domain: '${look.cluster.nodes.find(node => node.uuid === uuid)!.vm}'\\n\\s+state.state=)1`),
			'$15',
		);
	}

	return healthLine(judgeHealth(look.cluster, factsOf(look.cluster, look.look), undefined, power), 'en');
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

test.each<[string, Power | undefined, number, RegExp]>([
	[
		'all machines are off by `stop`',
		{type: 'stopped', time: minutesAgo(600)},
		6,
		/^DOWN: stopped by `stop` since [\d :-]+; `cluster-wizard start` starts it$/,
	],
	['one was started since', {type: 'stopped', time: minutesAgo(600)}, 5, /^(?!.*stopped by)DEGRADED: .*is not running/],
	[
		'all machines are off, but not by `stop`',
		{type: 'started', time: minutesAgo(600)},
		6,
		/^(?!.*stopped by)DEGRADED: .*is not running/,
	],
	[
		'started a minute ago',
		{type: 'started', time: minutesAgo(1)},
		0,
		/^OK: the page answers .*; answered again since [\d :-]+ \(`start`\)$/,
	],
	['started hours ago', {type: 'started', time: minutesAgo(600)}, 0, /^OK: the page answers [^;]*$/],
	['never stopped', undefined, 0, /^OK: the page answers [^;]*$/],
])('%s', (_, power, off, expected) => {
	expect(line(power, off)).toMatch(expected);
});

test.each([
	['this computer was started before it', 600, 1],
	['this computer was started since', 30, 0],
])('the note on a start a minute ago, where %s', (_, uptime, notes) => {
	expect(startedNotes({type: 'started', time: minutesAgo(1)}, new Date(), uptime)).toHaveLength(notes);
});
