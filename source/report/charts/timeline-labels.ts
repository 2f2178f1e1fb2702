import type {Language} from '../../languages/text.ts';
import {documentMessages} from '../document-messages.ts';
import {measurementMessages} from '../measurement-messages.ts';
import type {Outcome, PhaseResult} from '../../measure/result.ts';
import type {Lane} from '../../measure/timeline.ts';
import {formatFor} from '../format.ts';
import type {TextTimelineWords} from './text-timeline.ts';

const {drills: words} = measurementMessages;

/** Whether all phases passed: the test then allows its losses, so they are not marked as faults. */
export function lossesAllowed(phases: ReadonlyArray<Partial<Pick<PhaseResult, 'verdict'>>>): boolean {
	return phases.length > 0 && phases.every(({verdict}) => verdict === 'passed');
}

function lossSign(areAllowed: boolean): string {
	return areAllowed ? '×' : '✖';
}

/** Labels of rows and gaps, for the pictures of the report and of the terminal. */
export function timelineLabels(language: Language, areLossesAllowed = false): TextTimelineWords {
	const format = formatFor(language);
	return {
		lane({kind, name}: Lane) {
			const text =
				kind === 'sorry' || kind === 'lost' ? (documentMessages.outcome[name as Outcome]?.[language] ?? name) : name;
			return kind === 'director'
				? `${words.lane.director[language]} ${text}`
				: kind === 'lost'
					? `${lossSign(areLossesAllowed)} ${text}`
					: text;
		},
		lost: lossSign(areLossesAllowed),
		gap: duration => words.gap(format.time(duration))[language],
	};
}
