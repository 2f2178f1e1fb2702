import {Argument, Command, Option, type CommanderError} from 'commander';
import {describe, expect, it} from 'vitest';
import {usageMessages} from '../../source/command-line/usage-messages.ts';

/** The words of commander on a wrong command line, as we pass them on. */
function said(...words: string[]) {
	const program = new Command('program').exitOverride().configureOutput({outputError() {}});
	program
		.command('exec')
		.argument('<node>')
		.addArgument(new Argument('[action]').choices(['start', 'stop']))
		.option('--test <id>')
		.option('--json')
		.addOption(new Option('--language <language>').choices(['en', 'es']))
		.exitOverride()
		.action(() => {});
	try {
		program.parse(words, {from: 'user'});
	} catch (error) {
		const {code, message} = error as CommanderError;
		return usageMessages.wrong(code, message, 'exec <node>');
	}

	throw new Error('Nothing was wrong');
}

describe('a wrong command line', () => {
	it.each([
		[
			['exec', 'nas', '--jsom'],
			'There is no option "--jsom". Did you mean --json? See',
			'No existe la opción «--jsom». ¿Quería decir --json? Vea',
		],
		[
			['exec'],
			'<node> is missing: `cluster-wizard exec <node>`. See',
			'Falta <node>: `cluster-wizard exec <node>`. Vea',
		],
		[
			['exec', 'nas', '--test'],
			'The option "--test <id>" needs a value. See',
			'A la opción «--test <id>» le falta su valor. Vea',
		],
		[
			['exec', 'nas', '--language', 'fr'],
			'"fr" does not fit "--language <language>". It can be: en, es. See',
			'«fr» no vale para «--language <language>». Puede ser: en, es. Vea',
		],
		[
			['exec', 'nas', 'stopp'],
			'"stopp" does not fit "action". It can be: start, stop. See',
			'«stopp» no vale para «action». Puede ser: start, stop. Vea',
		],
	])('%j is explained in both languages', (words, en, es) => {
		const text = said(...words);
		expect(text.en).toContain(en);
		expect(text.es).toContain(es);
	});
});
