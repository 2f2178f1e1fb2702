import type {DrillOverview} from '../../drilling/drill-overview.ts';
import {verbatim, type Language, type Text} from '../../languages/text.ts';
import type {DrillResult, Verdict} from '../../measure/result.ts';
import {uiMessages} from '../../messages/screens.ts';
import {verificationMessages as words} from '../verification-messages.ts';
import {verifyMessages} from '../../measure/verify-messages.ts';
import {statusSigns} from '../components/status-signs.ts';
import {leadingClauses, cut, padOrTruncate, paint, localDateTime, width} from '../components/text.ts';
import type {State} from '../state/store.ts';

/** One line of the list: a test or the benchmarks, with its last result. */
export interface VerificationEntry {
	readonly test: DrillOverview;
	readonly isBench: boolean;
	readonly mark: Mark;
	/** The newest known result. */
	readonly result?: DrillResult;
}

type Mark = Verdict | 'running' | 'measured' | 'none';

const marks: Record<Mark, {sign: (typeof statusSigns)['ok']; text: Text}> = {
	passed: {sign: statusSigns.ok, text: verifyMessages.verdict.passed},
	failed: {sign: statusSigns.failed, text: verifyMessages.verdict.failed},
	void: {sign: statusSigns.unknown, text: verifyMessages.verdict.void},
	interrupted: {sign: statusSigns.interrupted, text: verifyMessages.verdict.interrupted},
	running: {sign: statusSigns.running, text: uiMessages.status.running},
	measured: {sign: statusSigns.ok, text: words.kept},
	none: {sign: statusSigns.waiting, text: verbatim('')},
};

/** All tests in order, then the benchmarks. */
export function entriesOf({overview, measurements, tests, job}: State): VerificationEntry[] {
	if (!overview) {
		return [];
	}

	const isRunning = (id: string) =>
		job !== undefined && !job.isOver && (job.command === 'verify' || job.command === 'bench') && tests.drill === id;
	const all = [...(measurements?.drills ?? []), ...tests.results];
	return [
		...overview.drills.map((test): VerificationEntry => {
			const last = all.findLast(({id}) => id === test.id);
			// Prefers the saved result of the same test run: it includes the requests.
			const result = measurements?.drills.find(({id, began}) => id === test.id && began === last?.began) ?? last;
			return {
				test,
				isBench: false,
				mark: isRunning(test.id) ? 'running' : (result?.verdict ?? 'none'),
				...(result && {result}),
			};
		}),
		{
			test: overview.bench,
			isBench: true,
			mark: isRunning(overview.bench.id) ? 'running' : (measurements?.load.length ?? 0) > 0 ? 'measured' : 'none',
		},
	];
}

/** `✔`, with its colour. */
export function markSign(mark: Mark): string {
	const {
		sign: {sign, paint},
	} = marks[mark];
	return paint(sign);
}

/** `✔ passed`, with its colour. */
export function markText(mark: Mark, language: Language): string {
	const {
		sign: {sign, paint},
		text,
	} = marks[mark];
	return paint(`${sign} ${text[language]}`);
}

/** The entries that fit, scrolled to the chosen one. A list narrower than 60 columns shows states by sign only. */
export function entryLines(
	entries: readonly VerificationEntry[],
	chosen: number,
	{columns, height, say}: {columns: number; height: number; say: (text: Text) => string},
): string[] {
	const top = Math.max(0, Math.min(chosen - Math.floor(height / 2), entries.length - height));
	const ids = Math.max(0, ...entries.map(({test}) => width(test.id)));
	return entries.slice(top, top + height).map(({test, mark, result}, index) => {
		const {sign, text} = marks[mark];
		const right =
			columns < 60 ? '' : ` ${say(text)}${result && mark !== 'running' ? ` ${localDateTime(result.began)}` : ''}`;
		const room = columns - ids - 6 - width(right);
		const line = `${padOrTruncate(test.id, ids)}  ${padOrTruncate(leadingClauses(say(test.title), room), room)}`;
		const isChosen = top + index === chosen;
		return `${isChosen ? '›' : ' '} ${sign.paint(sign.sign)} ${isChosen ? paint.bold(line) : line}${paint.dim(cut(right, columns))}`;
	});
}
