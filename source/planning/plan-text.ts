import type {Language, Text} from '../languages/text.ts';
import {differenceLines, type DiffPart} from '../output/difference-lines.ts';
import {durationMessages} from '../session/duration-messages.ts';
import {planMessages} from './plan-messages.ts';
import type {PlanChange} from './plan-changes.ts';
import type {PlanFigures} from './plan-figures.ts';
import type {ScaledAnswer} from './scaled-answers.ts';

/** Totals of a plan. */
export interface PlanSummary extends PlanFigures {
	/** Number of lines with this action. */
	readonly add: number;
	readonly change: number;
	readonly remove: number;
	readonly unknown: number;
	readonly failed: number;
	/** Whether the plan fails because this computer is unsuitable. */
	readonly isHostUnfit: boolean;
	/** Changed answers that are scaled to other values because the VMs are emulated. */
	readonly scaled: readonly ScaledAnswer[];
	/** Questions that `up` asks first. */
	readonly asks: readonly string[];
}

export type PlanStyle = 'add' | 'change' | 'remove' | 'failed' | 'dim' | 'bold' | 'hunk';

const signs: Record<PlanChange['action'], string> = {add: '+', change: '~', remove: '-', unknown: '?', failed: '✖'};
const diffStyles: Record<DiffPart, PlanStyle> = {added: 'add', removed: 'remove', hunk: 'hunk', left: 'dim'};
const styles: Record<PlanChange['action'], PlanStyle> = {
	add: 'add',
	change: 'change',
	remove: 'remove',
	unknown: 'dim',
	failed: 'failed',
};

export interface PlanTextOptions {
	readonly language: Language;
	readonly paint: (style: PlanStyle, text: string) => string;
	readonly unicode?: boolean;
	/** Default: true. The wizard's screen shows figures and chapters elsewhere. */
	readonly showsFigures?: boolean;
}

/** Formats the plan like a diff, with a summary as the last line. */
export function planLines(changes: readonly PlanChange[], summary: PlanSummary, options: PlanTextOptions): string[] {
	const {language, paint, showsFigures = true} = options;
	const say = (text: Text) => text[language];
	const {add, change, remove, unknown, isHostUnfit, asks, scaled, chapters, ...figures} = summary;
	const failed = changes.filter(({action}) => action === 'failed');
	const isEmpty = add + change + remove + unknown === 0;
	return [
		...changes
			.filter(({action}) => action !== 'failed' && action !== 'unknown')
			.flatMap(change => changeLines(change, options)),
		...scaled.map(({key, chosen, used}) => say(planMessages.scaled(key, chosen, used))),
		...unknownLines(changes, options),
		...(failed.length > 0
			? [
					'',
					paint('bold', say(isHostUnfit ? planMessages.hostUnfit : planMessages.failed)),
					...failed.flatMap(change => changeLines(change, options)),
				]
			: []),
		...(asks.length > 0
			? [
					'',
					paint('bold', say(showsFigures ? planMessages.asks : planMessages.asksOnScreen)),
					...asks.flatMap(text => text.split('\n')).map(line => `  ${line}`),
				]
			: []),
		...(showsFigures && figures.disk
			? [
					'',
					paint('bold', say(planMessages.chapters)),
					...chapters.map(({step, title, seconds}) => `  ${say(planMessages.chapter(step, title, seconds))}`),
				]
			: []),
		...(isEmpty && failed.length === 0 && asks.length === 0 ? [] : ['']),
		...(showsFigures && figures.seconds !== undefined ? [say(durationMessages.figures(figures.seconds, figures))] : []),
		...(isEmpty && failed.length > 0
			? []
			: [paint('bold', say(isEmpty ? planMessages.nothing : planMessages.summary({add, change, remove})))]),
	];
}

function changeLines(
	{action, what, places, reason, difference, isByHand, outage, waits, advice}: PlanChange,
	{language, paint, unicode = true}: PlanTextOptions,
): string[] {
	const where = places.length > 0 ? ` ${planMessages.on(places)[language]}` : '';
	const sign = unicode ? signs[action] : signs[action].replace('✖', 'X');
	const why = isByHand
		? `: ${planMessages.byHand[language]}`
		: reason !== undefined && !difference
			? `: ${reason}`
			: '';
	return [
		`${paint(styles[action], `${sign} ${what}`)}${where}${why}`,
		...(difference
			? differenceLines(difference, language, (part, line) => paint(diffStyles[part], line)).map(line => `    ${line}`)
			: []),
		...(outage ? [`    ${planMessages.mayLose(outage.seconds)[language]}`] : []),
		...(waits ? [`    ${planMessages.waits(waits)[language]}`] : []),
		...(advice === undefined ? [] : [`    ${paint('dim', advice)}`]),
	];
}

/** Formats the changes that cannot be checked yet. All work on a VM that is off takes one line. */
function unknownLines(changes: readonly PlanChange[], options: PlanTextOptions): string[] {
	const {language, paint} = options;
	const unknown = changes.filter(({action}) => action === 'unknown');
	if (unknown.length === 0) {
		return [];
	}

	return [
		'',
		paint('bold', planMessages.unknown(unknown.length)[language]),
		...unknown.flatMap(change => changeLines(change, options)),
	];
}
