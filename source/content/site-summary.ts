import type {Language, Text} from '../languages/text.ts';
import {contentMessages as messages} from './messages.ts';
import {printableName, withoutControls, type Reason} from './names.ts';
import {indexPages, type Site} from './site.ts';

/** Maximum number of left-out files and folders that are listed by name. */
const mostNames = 20;

/** Lines that inform the user before a site is published. */
export function siteSummary(site: Site, language: Language): string[] {
	const say = (text: Text) => text[language];
	const {folder, files, size, hasIndex, oddNames, leftOut} = site;
	return [
		say(messages.published(withoutControls(folder), files, formatBytes(size))),
		...(hasIndex ? [] : [say(messages.noIndex(indexPages))]),
		...(oddNames > 0 ? [say(messages.oddNames(oddNames))] : []),
		...(leftOut.length > 0
			? [
					say(messages.leftOut(leftOut.length)),
					...counts(leftOut).map(([reason, count]) => `  ${count} × ${say(messages.reasons[reason])}`),
				]
			: []),
		...leftOut
			.slice(0, mostNames)
			.map(({path, reason}) => `    ${printableName(path)}: ${say(messages.reasons[reason])}`),
		...(leftOut.length > mostNames ? [`    ${say(messages.more(leftOut.length - mostNames))}`] : []),
	];
}

/** Formats bytes in the largest binary unit that gives at least one digit before the point. */
export function formatBytes(bytes: number): string {
	const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
	const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
	const value = bytes / 1024 ** power;
	return `${power === 0 || value >= 10 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

/** Frequency of each reason, highest first. */
function counts(leftOut: Site['leftOut']): Array<[Reason, number]> {
	const found = new Map<Reason, number>();
	for (const {reason} of leftOut) {
		found.set(reason, (found.get(reason) ?? 0) + 1);
	}

	return [...found].sort(([, one], [, other]) => other - one);
}
