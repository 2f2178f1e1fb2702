import type {Language, Text} from './text.ts';

/** Small numbers in words; Spanish has a feminine form for one only. */
const words: Readonly<Record<Language, readonly string[]>> = {
	en: ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
	es: ['ningún', 'un', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez', 'once', 'doce'],
};

/** A thing that is counted: `[singular, plural]` in each language; `feminine` in Spanish. */
export interface Noun {
	readonly en: readonly [one: string, many: string];
	readonly es: readonly [one: string, many: string];
	readonly isFeminine?: boolean;
}

export const nouns = {
	machine: {en: ['machine', 'machines'], es: ['máquina', 'máquinas'], isFeminine: true},
	server: {en: ['web server', 'web servers'], es: ['servidor web', 'servidores web']},
	disk: {en: ['disk', 'disks'], es: ['disco', 'discos']},
	emptyDisk: {en: ['empty disk', 'empty disks'], es: ['disco vacío', 'discos vacíos']},
	piece: {en: ['piece', 'pieces'], es: ['trozo', 'trozos']},
	request: {en: ['request', 'requests'], es: ['petición', 'peticiones'], isFeminine: true},
	answer: {en: ['answer', 'answers'], es: ['respuesta', 'respuestas'], isFeminine: true},
	step: {en: ['step', 'steps'], es: ['paso', 'pasos']},
	failure: {en: ['failure', 'failures'], es: ['fallo', 'fallos']},
} as const satisfies Record<string, Noun>;

/** `one web server`, `twelve requests`, `13 requests`; figures from thirteen on. */
export function counted(count: number, noun: Noun): Text {
	return {en: `${numberWord(count, 'en')} ${form(count, noun, 'en')}`, es: `${numberWord(count, 'es', noun.isFeminine)} ${form(count, noun, 'es')}`};
}

/** `1 request`, `12 requests`. */
export function inFigures(count: number, noun: Noun): Text {
	return {en: `${count} ${form(count, noun, 'en')}`, es: `${count} ${form(count, noun, 'es')}`};
}

/** A length of time in words: `1 second`, `6.6 seconds`, `2 minutes`. Whole minutes from two on are minutes. */
export function spokenDuration(seconds: number, language: Language): string {
	const inMinutes = seconds >= 120 && seconds % 60 === 0;
	return measure(inMinutes ? seconds / 60 : seconds, inMinutes ? 'minute' : 'second', language);
}

/** An expected length of time, as exactly as it is known: `a few seconds`, `about 20 seconds`, `about a minute`, `about 4 minutes`. */
export function about(seconds: number): Text {
	const minutes = Math.round(seconds / 60);
	if (seconds < 10) {
		return {en: 'a few seconds', es: 'unos segundos'};
	}

	if (seconds < 55) {
		const tens = Math.round(seconds / 10) * 10;
		return {en: `about ${tens} seconds`, es: `unos ${tens} segundos`};
	}

	return minutes <= 1 ? {en: 'about a minute', es: 'un minuto más o menos'} : {en: `about ${minutes} minutes`, es: `unos ${minutes} minutos`};
}

/** `512 MiB`, `9.5 GiB`; from a gibibyte on with one decimal. */
export function spokenSize(mebibytes: number, language: Language): string {
	const inGibibytes = mebibytes >= 1024;
	const format = new Intl.NumberFormat(language, {minimumFractionDigits: inGibibytes ? 1 : 0, maximumFractionDigits: inGibibytes ? 1 : 0, useGrouping: false});
	return inGibibytes ? `${format.format(mebibytes / 1024)} GiB` : `${format.format(mebibytes)} MiB`;
}

/** `7 days`. */
export function spokenDays(days: number, language: Language): string {
	return measure(days, 'day', language);
}

function measure(value: number, unit: 'second' | 'minute' | 'day', language: Language): string {
	return new Intl.NumberFormat(language, {style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 2}).format(value);
}

function numberWord(count: number, language: Language, isFeminine = false): string {
	if (language === 'es' && isFeminine && count < 2) {
		return count === 1 ? 'una' : 'ninguna';
	}

	return words[language][count] ?? String(count);
}

function form(count: number, noun: Noun, language: Language): string {
	return noun[language][count === 1 ? 0 : 1];
}
