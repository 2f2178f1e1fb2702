import {parseAnswers} from '../answers/answers-document.ts';
import {isLanguage, type Language} from '../languages/text.ts';
import {StateDirectory} from '../state/directory.ts';
import {invokingUser} from '../state/owner.ts';
import {nameIn, readGivenAnswers} from './answers-option.ts';
import {languageOf, type CommonOptions} from '../command-line/options.ts';

/** Language from the command line; failing that, from the answers; failing that, from the environment. */
export function languageFor(options: CommonOptions): Language {
	return options.language === undefined ? (languageInAnswers(options) ?? languageOf(options)) : languageOf(options);
}

/** Language named in the answers, even if they contain other errors; undefined if they cannot be read. */
export function languageInAnswers({answers, stateDir}: CommonOptions): Language | undefined {
	try {
		const owner = invokingUser();
		const given = answers === undefined ? undefined : readGivenAnswers(answers, owner, 'en').text;
		const text =
			given ??
			StateDirectory.open(stateDir ?? StateDirectory.defaultPath(nameIn('')), owner, {
				language: 'en',
				isTolerant: true,
			}).read('answers.yaml');
		const language: unknown = parseAnswers(text ?? '').get('language');
		return isLanguage(language) ? language : undefined;
	} catch {
		// The command reports this error itself.
		return undefined;
	}
}
