import {quote} from '../engine/command.ts';
import type {Language} from '../messages/text.ts';

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

/** The language asked for, else the one of the environment, else English. */
export function languageOf(options: CommonOptions, environment: NodeJS.ProcessEnv = process.env): Language {
	if (options.language === 'en' || options.language === 'es') {
		return options.language;
	}

	const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
	return locale.startsWith('es') ? 'es' : 'en';
}

/** Whether colours are wanted and possible on standard output. */
export function wantsColor(options: CommonOptions, environment: NodeJS.ProcessEnv = process.env): boolean {
	return options.color !== false && !environment['NO_COLOR'] && process.stdout.isTTY && process.stdout.hasColors();
}

export function hasUnicode(environment: NodeJS.ProcessEnv = process.env): boolean {
	return /utf-?8/i.test(environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '');
}

/** The command that goes on with this cluster, for a sentence to the user, who can paste it. Without a name it is the wizard. */
export function commandLine(command: string, options: CommonOptions): string {
	const {sandbox, answers, stateDir, cacheDir} = options;
	const paths = Object.entries({'--answers': answers, '--state-dir': stateDir, '--cache-dir': cacheDir}).flatMap(([option, path]) => path === undefined ? [] : [option, quote(path)]);
	return ['cluster-wizard', command, sandbox && '--sandbox', ...paths].filter(Boolean).join(' ');
}
