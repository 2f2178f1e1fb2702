import {Help, type Argument, type Command, type Option} from 'commander';
import {verbatim, type Language, type Text} from '../languages/text.ts';
import {helpMessages as messages} from './help-messages.ts';

/** Maximum width of the help in columns. */
const widest = 80;

/** Names that a command accepts, each with a description. */
export type HelpList = ReadonlyArray<readonly [name: string, about: Text]>;

/** Functions that make the lists, for the commands that show one. */
export interface HelpLists {
	readonly stepList: () => HelpList;
	readonly testList: () => HelpList;
}

/** Whether the command line asks for help; the lists are made only then. */
export function asksForHelp(words: readonly string[]): boolean {
	const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
	return own.some(word => word === '--help' || word === '-h') || own[0] === 'help';
}

/** Configures commander to print its help in a language, within 80 columns. Commands added afterwards inherit this. */
export function translateHelp(program: Command, version: string, language: Language): void {
	const say = (text: Text) => text[language];
	// Commander's default values are not printed, because no option has one.
	const described = ({description, argChoices}: Pick<Option | Argument, 'description' | 'argChoices'>) =>
		description + (argChoices ? ` (${say(messages.choices(argChoices))})` : '');

	const placeholders: Readonly<Record<string, Text | undefined>> = messages.placeholders;
	const named = (text: string) =>
		text.replaceAll(/(?<=<)[a-z]+(?=[.>])/g, name => placeholders[name]?.[language] ?? name);
	const words = (text: string) =>
		named(text)
			.replace('[options]', `[${say(messages.options).toLowerCase()}]`)
			.replace('[command]', `[${say(messages.command)}]`);
	program
		.version(version, '-V, --version', say(messages.version))
		.helpOption('-h, --help', say(messages.help))
		.helpCommand(`help [${say(messages.command)}]`, say(messages.helpCommand))
		.configureHelp({
			helpWidth: Math.min(process.stdout.columns || widest, widest),
			optionDescription: described,
			argumentDescription: described,
			styleTitle: title =>
				say(
					{
						'Usage:': messages.usage,
						'Arguments:': messages.arguments,
						'Options:': messages.optionsTitle,
						'Commands:': messages.commands,
					}[title] ?? verbatim(title),
				),
			styleUsage: words,
			optionTerm: ({flags}) => named(flags),
			argumentTerm: argument => placeholders[argument.name()]?.[language] ?? argument.name(),
			// The wizard's argument `word` only catches unknown commands, to report them.
			subcommandTerm: command =>
				[
					command.name(),
					...command.registeredArguments
						.filter(argument => argument.name() !== 'word')
						.map(argument => named(termOf(argument))),
				].join(' '),
		});
}

function termOf(argument: Argument): string {
	const name = argument.name() + (argument.variadic ? '...' : '');
	return argument.required ? `<${name}>` : `[${name}]`;
}

/** Appends accepted names and exit codes to a command's help. */
export function endHelp(command: Command, language: Language, title?: Text, list: HelpList = []): void {
	const codes = Object.entries(codesOf(command.name())).map(([code, about]): HelpList[number] => [code, about]);
	command.addHelpText('after', () =>
		[
			...(title && list.length > 0 ? ['', title[language], ...rows(list, language)] : []),
			'',
			messages.exitCodes[language],
			...rows(command.name() === 'exec' ? [...codes, ['…', messages.ofCommand]] : codes, language),
			'',
			messages.more[language],
		].join('\n'),
	);
}

/** Commands that ask before they act. */
const asking: ReadonlySet<string> = new Set(['up', 'verify', 'bench', 'move', 'stop', 'down']);

function codesOf(command: string): Readonly<Record<string, Text>> {
	return command === 'plan'
		? messages.plan
		: asking.has(command)
			? {...messages.codes, 1: messages.declined}
			: messages.codes;
}

function rows(list: HelpList, language: Language): string[] {
	const width = Math.max(...list.map(([name]) => name.length)) + 2;
	return list.flatMap(([name, about]) =>
		new Help()
			.boxWrap(about[language], widest - width - 2)
			.split('\n')
			.map((line, index) => `  ${(index === 0 ? name : '').padEnd(width)}${line}`),
	);
}
