import {resolve} from 'node:path';
import {quote} from '../shell/command.ts';
import {currentInvocation, type Invocation} from './invocation.ts';
import {languages} from '../languages/languages.ts';
import {isLanguage, type Language} from '../languages/text.ts';

/** Options that every command takes. */
export interface CommonOptions {
	readonly answers?: string;
	readonly stateDir?: string;
	readonly cacheDir?: string;
	readonly sandbox?: boolean;
	readonly json?: boolean;
	readonly language?: string;
	readonly color?: boolean;
	readonly quiet?: boolean;
	readonly verbose?: boolean;
}

/** Language from the options; failing that, from the environment; failing that, English. */
export function languageOf(options: CommonOptions, environment: NodeJS.ProcessEnv = process.env): Language {
	if (isLanguage(options.language)) {
		return options.language;
	}

	const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
	return languages.find(language => locale.startsWith(language)) ?? 'en';
}

/** Whether colours are wanted and supported on standard output. */
export function wantsColor(options: CommonOptions, environment: NodeJS.ProcessEnv = process.env): boolean {
	return options.color !== false && !environment['NO_COLOR'] && process.stdout.isTTY && process.stdout.hasColors();
}

export function hasUnicode(environment: NodeJS.ProcessEnv = process.env): boolean {
	return /utf-?8/i.test(environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '');
}

/**
 * Returns a command for this cluster that the user can paste: started in the same way, with the same folders. An empty
 * command stands for the wizard.
 */
export function commandLine(
	command: string,
	options: CommonOptions,
	{program, script, folder}: Invocation = currentInvocation(),
): string {
	const {sandbox, answers, stateDir, cacheDir} = options;
	const isScript = script !== undefined && sandbox && (command === 'up' || command.startsWith('up '));
	const whole = (path: string) => (folder !== undefined && !isScript ? resolve(folder, path) : path);
	const paths = Object.entries({'--answers': answers, '--state-dir': stateDir, '--cache-dir': cacheDir}).flatMap(
		([option, path]) => (path === undefined ? [] : [option, quote(whole(path))]),
	);
	if (isScript) {
		const words = [command.slice('up '.length), ...paths].filter(Boolean);
		return [script, ...(words.length > 0 ? ['--', ...words] : [])].join(' ');
	}

	return [program, command, sandbox && '--sandbox', ...paths].filter(Boolean).join(' ');
}

/** A sentence whose quoted commands of ours are as the user can paste them. One that names its places already stays. */
export function withCommandLines(text: string, options: CommonOptions = {}): string {
	return text.replaceAll(
		/(?<=([`"«]))cluster-wizard(?: ([^`"»\n]*))?(?=[`"»])/g,
		(whole: string, _quote, command: string = '') =>
			/ --(?:sandbox|answers|state-dir|cache-dir)\b/.test(command)
				? whole
				: commandLine(command, /^(?:help|--help|$)/.test(command) ? {} : options),
	);
}
