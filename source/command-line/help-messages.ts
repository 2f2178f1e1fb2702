import {listed, phrase, type Text} from '../languages/text.ts';

/** Help texts shared by all commands. */
export const helpMessages = {
	usage: phrase('Usage:'),
	arguments: phrase('Arguments:'),
	options: phrase('Options'),
	optionsTitle: phrase('Options:'),
	commands: phrase('Commands:'),
	command: phrase('command'),
	choices: (values: readonly string[]): Text =>
		phrase('one of: {values}', {values: values.join(', '), values2: listed(values, 'disjunction')}),
	/** Translations of placeholders in `<>`; placeholders that are missing here are the same in both languages. */
	placeholders: {
		file: phrase('file'),
		dir: phrase('dir'),
		language: phrase('language'),
		step: phrase('step'),
		seconds: phrase('seconds'),
		path: phrase('path'),
		tool: phrase('tool'),
		list: phrase('list'),
		port: phrase('port'),
		node: phrase('node'),
		command: phrase('command'),
		action: phrase('action'),
	},
	version: phrase('print the version'),
	help: phrase('print this help'),
	helpCommand: phrase('print the help of a command'),
	steps: phrase('Steps:'),
	tests: phrase('Tests:'),
	exitCodes: phrase('Exit codes:'),
	codes: {
		0: phrase('done'),
		1: phrase('a task failed'),
		2: phrase('wrong usage or answers; nothing was touched'),
		3: phrase('the host does not fit; nothing was touched'),
		4: phrase('verification failed; status: not OK; probe: requests were lost'),
		5: phrase('another run holds the cluster'),
		130: phrase('interrupted; it says how to go on'),
	},
	/** Meaning of exit code 1 for a command that asks before it acts. */
	declined: phrase('a task failed, or the question was declined (nothing was touched)'),
	plan: {
		0: phrase('the plan is complete'),
		1: phrase('a check failed; with --detailed-exitcode also what is 2 without it'),
		2: phrase('wrong usage, or answers that `up` refuses; with --detailed-exitcode: something would change'),
		3: phrase('the host does not fit'),
		5: phrase('another run holds the cluster: the plan cannot be made now'),
		130: phrase('interrupted'),
	},
	more: phrase('More on them, and the codes of errors: docs/exit-codes.md'),
	ofCommand: phrase("any other code is the command's own"),
} satisfies Record<string, Text | ((values: readonly string[]) => Text) | Readonly<Record<string, Text>>>;
