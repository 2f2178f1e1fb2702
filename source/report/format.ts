import type {Language} from '../languages/text.ts';

/** Formats of numbers, times and lists in a language. */
export interface Format {
	/** @param digits most decimals; 0 by default */
	number(value: number, digits?: number): string;
	/** Formats milliseconds: `340 ms`, `12.3 s`, `3 min 05 s`. */
	time(milliseconds: number): string;
	/** Formats a fraction of 1: `42 %`. */
	percent(part: number): string;
	/** Formats an ISO 8601 time as date and time of day in the local time zone. */
	moment(iso: string): string;
	/** Joins items: `a, b and c`. */
	list(items: readonly string[]): string;
}

export function formatFor(language: Language): Format {
	const number = (value: number, digits = 0) =>
		new Intl.NumberFormat(language, {maximumFractionDigits: digits}).format(value);
	return {
		number,
		time(milliseconds) {
			if (milliseconds < 1000) {
				return `${number(milliseconds)} ms`;
			}

			if (milliseconds < 60_000) {
				return `${number(milliseconds / 1000, 1)} s`;
			}

			const seconds = Math.round(milliseconds / 1000);
			return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
		},
		percent: part => new Intl.NumberFormat(language, {style: 'percent', maximumFractionDigits: 0}).format(part),
		moment: iso => new Intl.DateTimeFormat(language, {dateStyle: 'long', timeStyle: 'long'}).format(new Date(iso)),
		list: items => new Intl.ListFormat(language).format(items),
	};
}
