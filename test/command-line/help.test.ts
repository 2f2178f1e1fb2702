import {Command, Option} from 'commander';
import {expect, test} from 'vitest';
import {endHelp, translateHelp} from '../../source/command-line/help.ts';
import {helpMessages} from '../../source/command-line/help-messages.ts';
import type {Language} from '../../source/languages/text.ts';

/** What `NAME --help` says of exit codes, by code. */
function codesOf(name: string, language: Language): Record<string, string> {
	let said = '';
	const command = new Command(name).configureOutput({
		writeOut(text) {
			said += text;
		},
	});
	endHelp(command, language);
	command.outputHelp();
	const [, codes = ''] = said.split(helpMessages.exitCodes[language]);
	const sentences = codes
		.trim()
		.split(/\n(?= {2}\S)/)
		.map(line => /^\s*(\S+)\s+(.*)$/s.exec(line)!);
	return Object.fromEntries(sentences.map(([, code, about]) => [code!, about!.replaceAll(/\s+/g, ' ')]));
}

test.each(['up', 'verify', 'bench', 'move', 'stop', 'down'])(
	'%s asks, and says how a question that is declined ends',
	name => {
		expect(codesOf(name, 'en')['1']).toContain('the question was declined');
		expect(codesOf(name, 'es')['1']).toContain('se ha respondido que no');
	},
);

test.each(['status', 'exec', 'open', 'start'])('%s does not ask', name => {
	expect(codesOf(name, 'en')['1']).toBe('a task failed');
});

test('the values of an option fit words of either gender', () => {
	const helpOf = (language: Language) => {
		const program = new Command('program');
		translateHelp(program, '1', language);
		return program.addOption(new Option('--language <language>', 'x').choices(['en', 'es'])).helpInformation();
	};

	expect(helpOf('en')).toContain('x (one of: en, es)');
	expect(helpOf('es')).toContain('x (en o es)');
});

test('plan says what its own codes mean', () => {
	expect(Object.keys(codesOf('plan', 'en'))).toEqual(['0', '1', '2', '3', '5', '130']);
	expect(codesOf('plan', 'en')['2']).toContain('with --detailed-exitcode: something would change');
	expect(codesOf('plan', 'es')['3']).toBe('el anfitrión no sirve');
});
