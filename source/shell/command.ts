import {createHash} from 'node:crypto';
import {regExp} from '../regexp.ts';
import {cleanText} from '../text/clean.ts';
import {withoutLongValues} from '../text/long-values.ts';
import {Secret} from './secret.ts';

/** What is sent to a command's standard input. Bytes and base64 secrets are decoded by the command itself. */
export type Content = string | Secret;

/** What may stand in a command: every value is quoted; a list becomes quoted words; a nested command is put in as it is. */
export type Value = string | number | Secret | Command | ReadonlyArray<string | number>;

/** One POSIX shell command, kept as its parts so that it can be executed, shown and printed. */
export interface Command {
	readonly strings: readonly string[];
	readonly values: readonly Value[];
	readonly input?: Content;
	/** Absolute path of a file on this computer that is streamed to standard input; instead of `input`. */
	readonly file?: string;
	/** Seconds, on a machine with hardware virtualization; scaled where machines are emulated. */
	readonly limit?: number;
}

/** For whom a command is rendered: the shell that runs it, the screen, or a script that a person keeps. */
export type Rendering = 'execute' | 'show' | 'script';

/** A command as a template. Common indentation is taken away, so that it can stand indented in the source. */
export function sh(strings: TemplateStringsArray, ...values: Value[]): Command {
	return {strings: dedent(strings), values};
}

export function withInput(command: Command, input: Content): Command {
	return {...command, input};
}

/**
 * Streams a file of this computer to the command's standard input. Its bytes never become part of the shell text, an event or a log.
 * @param path absolute
 */
export function withFile(command: Command, path: string): Command {
	return {...command, file: path};
}

/** @param seconds how long it may take on a machine with hardware virtualization */
export function withLimit(command: Command, seconds: number): Command {
	return {...command, limit: seconds};
}

/** One word for a POSIX shell, quoted only where it has to be. */
export function quote(value: string | number): string {
	const word = String(value);
	if (word.includes('\0')) {
		throw new TypeError('A shell word cannot hold a NUL character');
	}

	return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll('\'', String.raw`'\''`)}'`;
}

/** The command's text, without its standard input. */
export function render(command: Command, rendering: Rendering): string {
	let text = command.strings[0] ?? '';
	for (const [index, value] of command.values.entries()) {
		text += renderValue(value, rendering) + (command.strings[index + 1] ?? '');
	}

	return text;
}

/**
 * The command with its standard input as a here-document or a redirection, as one would type it. On the screen it is clean and
 * without long values: paths, the environment and files' contents can put anything into a command.
 */
export function renderWithInput(command: Command, rendering: Exclude<Rendering, 'execute'>): string {
	const text = typed(command, rendering);
	return rendering === 'show' ? withoutLongValues(cleanText(text)) : text;
}

function typed(command: Command, rendering: Exclude<Rendering, 'execute'>): string {
	const text = render(command, rendering);
	if (command.file !== undefined) {
		return `${grouped(text)} < ${quote(command.file)}`;
	}

	if (command.input === undefined) {
		return text;
	}

	if (command.input instanceof Secret) {
		return `printf '%s' ${renderValue(command.input, rendering)} | ${grouped(text)}`;
	}

	const body = command.input === '' || command.input.endsWith('\n') ? command.input : `${command.input}\n`;
	const mark = `END_${createHash('sha256').update(body).digest('hex').slice(0, 8)}`;
	return `${grouped(text)} <<'${mark}'\n${body}${mark}`;
}

/** Several lines as one command, so that a redirection applies to all of them. */
function grouped(text: string): string {
	return text.includes('\n') ? `{\n${text}\n}` : text;
}

/** The secrets a command needs, each once. */
export function secretsOf(command: Command): Secret[] {
	const found = command.values.flatMap(value => {
		if (value instanceof Secret) {
			return [value];
		}

		return isCommand(value) ? secretsOf(value) : [];
	});
	return command.input instanceof Secret ? [...found, command.input] : found;
}

function isCommand(value: Value): value is Command {
	return typeof value === 'object' && 'strings' in value;
}

function renderValue(value: Value, rendering: Rendering): string {
	if (value instanceof Secret) {
		if (rendering === 'execute') {
			return quote(value.reveal());
		}

		return rendering === 'show' ? '***' : `"\${${value.name}:?}"`;
	}

	if (isCommand(value)) {
		return render(value, rendering);
	}

	return typeof value === 'object' ? value.map(word => quote(word)).join(' ') : quote(value);
}

function dedent(strings: readonly string[]): string[] {
	const indents = strings.flatMap(part => [...part.matchAll(/\n([\t ]*)(?=\S)/g)].map(match => match[1]!.length));
	const width = indents.length === 0 ? 0 : Math.min(...indents);
	const indent = regExp('g')`\n[\t ]{0,${width}}`;
	const parts = strings.map(part => part.replaceAll(indent, '\n'));
	parts[0] = parts[0]!.replace(/^\n/, '');
	parts.push(parts.pop()!.replace(/\n[\t ]*$/, ''));
	return parts;
}
