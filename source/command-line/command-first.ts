import type {Command} from 'commander';

/**
 * The words of a command line with the command before the options that stood in front of it, as `git -C DIR status` may be
 * written: `--sandbox exec nas ls -la` is `exec --sandbox nas ls -la`. Words without a command stay as they are.
 * @param commands all commands; the options in front are those that they have in common
 */
export function commandFirst(words: readonly string[], commands: readonly Command[]): string[] {
	const options = commands.flatMap(command => command.options);
	let index = 0;
	while (index < words.length && words[index]!.startsWith('-')) {
		const [name] = words[index]!.split('=', 1);
		const option = options.find(({long, short}) => name === long || name === short);
		if (!option) {
			return [...words];
		}

		index += option.required && !words[index]!.includes('=') ? 2 : 1;
	}

	const command = words[index];
	return command !== undefined && commands.some(each => each.name() === command)
		? [command, ...words.slice(0, index), ...words.slice(index + 1)]
		: [...words];
}
