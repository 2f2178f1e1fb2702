import type {Language} from '../../languages/text.ts';
import {documentMessages} from '../document-messages.ts';
import {measurementMessages} from '../measurement-messages.ts';
import type {Outcome, PhaseResult} from '../../measure/result.ts';
import type {Lane} from '../../measure/timeline.ts';
import {formatFor} from '../format.ts';
import type {TextTimelineWords} from './text-timeline.ts';

const {drills: words} = measurementMessages;

/** A passed test allows what was lost in it: no fault is marked. */
export function lossesAllowed(phases: ReadonlyArray<Partial<Pick<PhaseResult, 'verdict'>>>): boolean {
	return phases.length > 0 && phases.every(({verdict}) => verdict === 'passed');
}

function lossSign(areAllowed: boolean): string {
	return areAllowed ? '×' : '✖';
}

/** What a row is called, and a gap; the terminal's picture uses the same words. */
export function timelineWords(language: Language, areLossesAllowed = false): TextTimelineWords {
	const format = formatFor(language);
	return {
		lane({kind, name}: Lane) {
			const text = kind === 'sorry' || kind === 'lost' ? documentMessages.outcome[name as Outcome]?.[language] ?? name : name;
			return kind === 'director' ? `${words.lane.director[language]} ${text}` : kind === 'lost' ? `${lossSign(areLossesAllowed)} ${text}` : text;
		},
		lost: lossSign(areLossesAllowed),
		gap: duration => words.gap(format.time(duration))[language],
	};
}
