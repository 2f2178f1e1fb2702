import type {Text} from '../../languages/text.ts';
import {verificationMessages as words} from '../verification-messages.ts';
import {clean, paint, wrap} from '../components/text.ts';
import type {State} from '../state/store.ts';
import type {VerificationEntry} from './verification-entries.ts';
import {liveLines} from './verification-live.ts';
import {aboutLines, benchLines, planLines, resultLines, type PaneSize} from './verification-result.ts';

interface Shown {
	readonly entries: readonly VerificationEntry[];
	readonly entry: VerificationEntry | undefined;
	readonly pane: 'about' | 'result' | 'both';
	readonly isLive: boolean;
}

/** The live view while a test runs, otherwise explanation and result of the chosen entry. */
export function paneLines(state: State, {entries, entry, pane, isLive}: Shown, room: PaneSize): string[] {
	const running = isLive ? entries.find(({test}) => test.id === state.tests.drill) : undefined;
	if (isLive) {
		const live = liveLines(state, entries, room);
		return running && pane === 'both' ? [...live, '', ...aboutLines(running, room)].slice(0, room.height) : live;
	}

	if (!entry) {
		return [];
	}

	const hasResult = entry.result !== undefined || entry.mark === 'measured';
	const result = !hasResult
		? [words.never[room.language]]
		: entry.isBench
			? benchLines(state.measurements?.load ?? [], room)
			: resultLines(entry, room);
	return [
		...(pane === 'about' ? [] : withoutResult(state, room.columns)),
		...(pane === 'result' ? [] : aboutLines(entry, room)),
		...(pane === 'about' || (pane === 'both' && !hasResult)
			? planLines(entry, room)
			: [...(pane === 'both' ? [''] : []), ...result]),
	];
}

/** A warning about interrupted tests, or the result of the last verification or benchmark, or an introduction. */
export function headlines({overview, job, tests}: State, columns: number, say: (text: Text) => string): string[] {
	const {text, color} = headlineOf({overview, job, tests});
	return wrap(say(text), columns).map(line => color(line));
}

function headlineOf({overview, job, tests}: Pick<State, 'overview' | 'job' | 'tests'>): {
	text: Text;
	color: (text: string) => string;
} {
	const isOver = job?.isOver === true;
	const open = overview?.openDrills ?? [];
	if (open.length > 0) {
		return {text: words.open(open), color: paint.yellow};
	}

	if (isOver && job.command === 'verify' && tests.results.length > 0) {
		const last = tests.results.at(-1)!;
		if (last.verdict === 'interrupted' && last.restored) {
			return {text: words.interrupted(last.id), color: paint.yellow};
		}

		const bad = tests.results.filter(({verdict}) => verdict !== 'passed').map(({id}) => id);
		return bad.length === 0
			? {text: words.good(tests.results.length), color: paint.green}
			: {text: words.bad(tests.results.length, bad), color: paint.red};
	}

	if (isOver && (job.command === 'verify' || job.command === 'bench')) {
		return job.code === 0
			? {text: words.measured, color: paint.green}
			: {text: words.ended(job.code ?? 1), color: paint.red};
	}

	return {text: words.intro, color: paint.plain};
}

/** The last text of a job that failed without a result. */
function withoutResult({job, tests, texts}: State, columns: number): string[] {
	const isOurs = job?.command === 'verify' || job?.command === 'bench';
	return isOurs && job.isOver && job.code !== 0 && tests.results.length === 0
		? texts
				.slice(-6)
				.flatMap(line => wrap(clean(line), columns))
				.filter(line => line.trim() !== '')
				.map(line => paint.red(line))
		: [];
}
