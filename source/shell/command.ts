import {createHash} from 'node:crypto';
import {regExp} from '../regexp.ts';
import {cleanText} from '../text/clean.ts';
import {withoutLongValues} from '../text/long-values.ts';
import {Secret} from './secret.ts';

/** Data for a command's standard input. Bytes and base64-encoded secrets are decoded by the command itself. */
export type Content = string | Secret;

/**
 * Value in a command's template. Strings, numbers and secrets are quoted; a list becomes quoted words; a nested command
 * is inserted as it is.
 */
export type Value = string | number | Secret | Command | ReadonlyArray<string | number>;

/** A POSIX shell command, stored as template parts so that it can be executed, displayed and printed. */
export interface Command {
	readonly strings: readonly string[];
	readonly values: readonly Value[];
	readonly input?: Content;
	/** Absolute path of a file on this computer, streamed to standard input instead of `input`. */
	readonly file?: string;
	/** Time limit in seconds with hardware virtualization; scaled if VMs are emulated. */
	readonly limit?: number;
}

/**
 * Purpose of a rendered command: `execute`, for the shell; `show`, for the screen; `script`, for a script that the user
 * keeps.
 */
export type Rendering = 'execute' | 'show' | 'script';

/** Template tag that makes a command. Removes common indentation, so that the template can be indented in the source. */
export function sh(strings: TemplateStringsArray, ...values: Value[]): Command {
	return {strings: dedent(strings), values};
}

export function withInput(command: Command, input: Content): Command {
	return {...command, input};
}

/**
 * Streams a file on this computer to the command's standard input. Its content never becomes part of the script, an
 * event or a log.
 * @param path absolute path
 */
export function withFile(command: Command, path: string): Command {
	return {...command, file: path};
}

/** @param seconds time limit with hardware virtualization */
export function withLimit(command: Command, seconds: number): Command {
	return {...command, limit: seconds};
}

/**
 * Quotes a word for a POSIX shell, if necessary.
 * @throws TypeError for a NUL character
 */
export function quote(value: string | number): string {
	const word = String(value);
	if (word.includes('\0')) {
		throw new TypeError('A shell word cannot hold a NUL character');
	}

	return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Renders a command without its standard input. */
export function render(command: Command, rendering: Rendering): string {
	let text = command.strings[0] ?? '';
	for (const [index, value] of command.values.entries()) {
		text += renderValue(value, rendering) + (command.strings[index + 1] ?? '');
	}

	return text;
}

/**
 * Renders a command with its standard input as a here-document or a redirection, as a user would type it. For the
 * screen, the text is sanitized and long values are cut: paths, environment variables and file contents can put any
 * characters into a command.
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

/** Groups several lines, so that a redirection applies to all of them. */
function grouped(text: string): string {
	return text.includes('\n') ? `{\n${text}\n}` : text;
}

/** Returns the secrets in a command and its input. */
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
