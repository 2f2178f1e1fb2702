import {phrase, verbatim, type Text} from '../languages/text.ts';

/** Messages about invalid command lines. */
export const usageMessages = {
	unknownCommand: (word: string, names: readonly string[], near: string | undefined): Text =>
		phrase(
			'There is no command "{word}".{hasNear, select, true { Did you mean {near}?} other {}} There are: {names}.',
			{word, hasNear: Boolean(near), near: near ?? '', names: names.join(', ')},
		),
	emptyValue: (option: string): Text =>
		phrase('The value of {option} is empty. Give one, or leave the option out. Nothing was touched.', {option}),
	controlCharacter: (option: string): Text =>
		phrase('The value of {option} holds a control or invisible character. Nothing was touched.', {option}),
	excess: (command: string, word: string): Text =>
		phrase(
			'`cluster-wizard {command}` takes no "{word}". See `cluster-wizard {command} --help`. Nothing was touched.',
			{command, word},
		),
	/** @param code one of commander's error codes @param said what commander says of it, in English, with what it is about in quotes @param usage of the command, if there is one */
	wrong(code: string, said: string, usage = ''): Text {
		const english = said
			.replace(/^error: /, '')
			.replace(/^./, letter => letter.toUpperCase())
			.replaceAll('\n', ' ')
			.replace(/\.?$/, '.');
		const quoted = [...said.matchAll(/'(.*?)'/g)].map(match => match[1]!);
		// For an option, commander quotes the option first; for an argument, the value.
		const [about = '', value = ''] = said.includes('command-argument') ? quoted.toReversed() : quoted;
		const choices = /choices are (.*?)\.?$/.exec(said)?.[1];
		const near = /\(Did you mean (.*?)\?\)/.exec(said)?.[1];
		const problems: Readonly<Record<string, Text>> = {
			'commander.unknownOption': phrase(
				'There is no option "{about}".{hasNear, select, true { Did you mean {near}?} other {}}',
				{about, hasNear: Boolean(near), near: near ?? ''},
			),
			'commander.missingArgument': phrase('<{about}> is missing: `cluster-wizard {usage}`.', {about, usage}),
			'commander.optionMissingArgument': phrase('The option "{about}" needs a value.', {about}),
			'commander.invalidArgument': phrase(
				'"{value}" does not fit "{about}".{hasChoices, select, true { It can be: {choices}.} other {}}',
				{value, about, hasChoices: Boolean(choices), choices: choices ?? ''},
			),
			'commander.conflictingOption': phrase('The options "{about}" and "{value}" exclude each other.', {about, value}),
		};
		const problem = problems[code] ?? verbatim(english);
		return phrase('{problem} See `cluster-wizard help`.', {problem});
	},
};
