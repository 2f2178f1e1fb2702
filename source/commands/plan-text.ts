import type {Language, Text} from '../messages/text.ts';
import {differenceLines, type DiffPart} from '../reporters/difference-lines.ts';
import {planMessages} from '../messages/plan.ts';
import type {PlanChange} from './plan-changes.ts';

/** Totals of a plan. */
export interface PlanSummary {
	/** Numbers of lines with that sign. */
	readonly add: number;
	readonly change: number;
	readonly remove: number;
	readonly unknown: number;
	readonly failed: number;
	/** Whether it is this computer that does not fit. */
	readonly isHostUnfit: boolean;
	/** Seconds that `up` takes; absent if it would change nothing. */
	readonly seconds?: number;
	/** MiB that are needed on this computer in addition: at first, and when the new disks are full. */
	readonly disk?: {readonly first: number; readonly full: number};
	/** Sentences on what `up` asks first. */
	readonly asks: readonly string[];
}

export type PlanStyle = 'add' | 'change' | 'remove' | 'failed' | 'dim' | 'bold' | 'hunk';

const signs: Record<PlanChange['action'], string> = {add: '+', change: '~', remove: '-', unknown: '?', failed: '✖'};
const diffStyles: Record<DiffPart, PlanStyle> = {added: 'add', removed: 'remove', hunk: 'hunk', left: 'dim'};
const styles: Record<PlanChange['action'], PlanStyle> = {add: 'add', change: 'change', remove: 'remove', unknown: 'dim', failed: 'failed'};

export interface PlanTextOptions {
	readonly language: Language;
	readonly paint: (style: PlanStyle, text: string) => string;
	readonly unicode?: boolean;
}

/** The plan as lines, like a diff. The last one says what it comes to. */
export function planLines(changes: readonly PlanChange[], summary: PlanSummary, options: PlanTextOptions): string[] {
	const {language, paint} = options;
	const say = (text: Text) => text[language];
	const {add, change, remove, unknown, isHostUnfit, seconds, disk, asks} = summary;
	const failed = changes.filter(({action}) => action === 'failed');
	const isEmpty = add + change + remove + unknown === 0;
	return [
		...changes.filter(({action}) => action !== 'failed' && action !== 'unknown').flatMap(change => changeLines(change, options)),
		...unknownLines(changes, options),
		...(failed.length > 0 ? ['', paint('bold', say(isHostUnfit ? planMessages.hostUnfit : planMessages.failed)), ...failed.flatMap(change => changeLines(change, options))] : []),
		...(asks.length > 0 ? ['', paint('bold', say(planMessages.asks)), ...asks.flatMap(text => text.split('\n')).map(line => `  ${line}`)] : []),
		...(isEmpty && failed.length === 0 && asks.length === 0 ? [] : ['']),
		...(seconds === undefined ? [] : [[planMessages.time(seconds), ...(disk ? [planMessages.disk(disk.first, disk.full)] : [])].map(text => say(text)).join('. ')]),
		...(isEmpty && failed.length > 0 ? [] : [paint('bold', say(isEmpty ? planMessages.nothing : planMessages.summary({add, change, remove})))]),
	];
}

function changeLines({action, what, places, reason, difference, outage, waits, advice}: PlanChange, {language, paint, unicode = true}: PlanTextOptions): string[] {
	const where = places.length > 0 ? ` ${planMessages.on(places)[language]}` : '';
	const sign = unicode ? signs[action] : signs[action].replace('✖', 'X');
	const why = reason !== undefined && !difference ? `: ${reason}` : '';
	return [
		`${paint(styles[action], `${sign} ${what}`)}${where}${why}`,
		...(difference ? differenceLines(difference, language, (part, line) => paint(diffStyles[part], line)).map(line => `    ${line}`) : []),
		...(outage ? [`    ${planMessages.mayLose(outage.seconds)[language]}`] : []),
		...(waits ? [`    ${planMessages.waits(waits)[language]}`] : []),
		...(advice === undefined ? [] : [`    ${paint('dim', advice)}`]),
	];
}

/** A machine that is off hides everything on it: one line for each. */
function unknownLines(changes: readonly PlanChange[], options: PlanTextOptions): string[] {
	const {language, paint} = options;
	const unknown = changes.filter(({action}) => action === 'unknown');
	if (unknown.length === 0) {
		return [];
	}

	return ['', paint('bold', planMessages.unknown(unknown.length)[language]), ...unknown.flatMap(change => changeLines(change, options))];
}
