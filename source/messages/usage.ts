import type {Text} from './text.ts';

/** What is wrong with a command line. */
export const usageMessages = {
	unknownCommand: (word: string, names: readonly string[], near: string | undefined): Text => ({
		en: `There is no command "${word}".${near ? ` Did you mean ${near}?` : ''} There are: ${names.join(', ')}.`,
		es: `No hay ninguna orden «${word}».${near ? ` ¿Quería decir ${near}?` : ''} Hay: ${names.join(', ')}.`,
	}),
	emptyValue: (option: string): Text => ({
		en: `The value of ${option} is empty. Give one, or leave the option out. Nothing was touched.`,
		es: `El valor de ${option} está vacío. Dé uno u omita la opción. No se ha tocado nada.`,
	}),
	controlCharacter: (option: string): Text => ({
		en: `The value of ${option} holds a control or invisible character. Nothing was touched.`,
		es: `El valor de ${option} contiene un carácter de control o invisible. No se ha tocado nada.`,
	}),
	/** @param code one of commander's error codes @param said what commander says of it, in English, with what it is about in quotes */
	wrong(code: string, said: string): Text {
		const english = said.replace(/^error: /, '').replace(/^./, letter => letter.toUpperCase()).replaceAll('\n', ' ').replace(/\.?$/, '.');
		const quoted = [...said.matchAll(/'(.*?)'/g)].map(match => match[1]!);
		// Of an option commander names the option first, of an argument the value.
		const [about = '', value = ''] = said.includes('command-argument') ? quoted.toReversed() : quoted;
		const choices = /choices are (.*?)\.?$/.exec(said)?.[1];
		const spanish: Readonly<Record<string, string>> = {
			'commander.unknownOption': `No existe la opción «${about}».`,
			'commander.missingArgument': `Falta «${about}».`,
			'commander.optionMissingArgument': `A la opción «${about}» le falta su valor.`,
			'commander.invalidArgument': `«${value}» no vale para «${about}».${choices ? ` Puede ser: ${choices}.` : ''}`,
			'commander.excessArguments': 'Sobran argumentos.',
			'commander.conflictingOption': `Las opciones «${about}» y «${value}» se excluyen.`,
		};
		return {en: `${english} See \`cluster-wizard help\`.`, es: `${spanish[code] ?? english} Vea \`cluster-wizard help\`.`};
	},
};
