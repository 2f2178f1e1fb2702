import {inEveryLanguage, phrase, type Text} from './text.ts';

/**
 * Counts in words up to twelve, in digits from thirteen on: `one web server`, `twelve requests`, `13 requests`. Zero
 * and one are part of each sentence, because their gender varies in some languages.
 */
export const countInWords = {
	machine: (count: number) =>
		phrase('{count, plural, =0 {no machines} one {one machine} other {{number} machines}}', {
			count,
			number: numberWord(count),
		}),
	server: (count: number) =>
		phrase('{count, plural, =0 {no web servers} one {one web server} other {{number} web servers}}', {
			count,
			number: numberWord(count),
		}),
	disk: (count: number) =>
		phrase('{count, plural, =0 {no disks} one {one disk} other {{number} disks}}', {count, number: numberWord(count)}),
	emptyDisk: (count: number) =>
		phrase('{count, plural, =0 {no empty disks} one {one empty disk} other {{number} empty disks}}', {
			count,
			number: numberWord(count),
		}),
	piece: (count: number) =>
		phrase('{count, plural, =0 {no pieces} one {one piece} other {{number} pieces}}', {
			count,
			number: numberWord(count),
		}),
	request: (count: number) =>
		phrase('{count, plural, =0 {no requests} one {one request} other {{number} requests}}', {
			count,
			number: numberWord(count),
		}),
	failure: (count: number) =>
		phrase('{count, plural, =0 {no failures} one {one failure} other {{number} failures}}', {
			count,
			number: numberWord(count),
		}),
} as const;

/** Counts in digits: `1 request`, `12 requests`. */
export const countInDigits = {
	request: (count: number) => phrase('{count, plural, one {{count} request} other {{count} requests}}', {count}),
	answer: (count: number) => phrase('{count, plural, one {{count} answer} other {{count} answers}}', {count}),
	step: (count: number) => phrase('{count, plural, one {{count} step} other {{count} steps}}', {count}),
	failure: (count: number) => phrase('{count, plural, one {{count} failure} other {{count} failures}}', {count}),
} as const;

/** Formats a duration in words: `1 second`, `6.6 seconds`, `2 minutes`. Whole minutes are used from 120 s on. */
export function spokenDuration(seconds: number): Text {
	const inMinutes = seconds >= 120 && seconds % 60 === 0;
	return measure(inMinutes ? seconds / 60 : seconds, inMinutes ? 'minute' : 'second');
}

/**
 * Formats an estimated duration with suitable precision: `a few seconds`, `about 20 seconds`, `about a minute`, `about
 * 4 minutes`.
 */
export function approximateDuration(seconds: number): Text {
	const minutes = Math.round(seconds / 60);
	if (seconds < 10) {
		return phrase('a few seconds');
	}

	if (seconds < 55) {
		return phrase('about {seconds} seconds', {seconds: Math.round(seconds / 10) * 10});
	}

	return minutes <= 1 ? phrase('about a minute') : phrase('about {minutes} minutes', {minutes});
}

/** Formats a size in MiB: `512 MiB`, `9.5 GiB`; from 1 GiB on with one decimal. */
export function spokenSize(mebibytes: number): Text {
	const inGibibytes = mebibytes >= 1024;
	const digits = inGibibytes ? 1 : 0;
	return inEveryLanguage(language => {
		const format = new Intl.NumberFormat(language, {
			minimumFractionDigits: digits,
			maximumFractionDigits: digits,
			useGrouping: false,
		});
		return inGibibytes ? `${format.format(mebibytes / 1024)} GiB` : `${format.format(mebibytes)} MiB`;
	});
}

/** Formats a number of days: `7 days`. */
export function spokenDays(days: number): Text {
	return measure(days, 'day');
}

function measure(value: number, unit: 'second' | 'minute' | 'day'): Text {
	return inEveryLanguage(language =>
		new Intl.NumberFormat(language, {style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 2}).format(value),
	);
}

/** Number words from two on; zero and one depend on the noun. */
const numberWords = [
	phrase('two'),
	phrase('three'),
	phrase('four'),
	phrase('five'),
	phrase('six'),
	phrase('seven'),
	phrase('eight'),
	phrase('nine'),
	phrase('ten'),
	phrase('eleven'),
	phrase('twelve'),
];

function numberWord(count: number): Text | number {
	return numberWords[count - 2] ?? count;
}
