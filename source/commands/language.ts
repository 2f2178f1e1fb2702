import {parseAnswers} from '../answers/answers-document.ts';
import {isLanguage, type Language} from '../languages/text.ts';
import {StateDirectory} from '../state/directory.ts';
import {currentOwner} from '../state/owner.ts';
import {nameIn, readGivenAnswers} from './given-answers.ts';
import {languageOf, type CommonOptions} from './options.ts';

/** The language asked for on the command line, else in the answers, else the one of the environment. */
export function languageFor(options: CommonOptions): Language {
	return options.language === undefined ? languageInAnswers(options) ?? languageOf(options) : languageOf(options);
}

/** The language that the answers name, also where something else in them is wrong; nothing if they cannot be read. */
export function languageInAnswers({answers, stateDir}: CommonOptions): Language | undefined {
	try {
		const owner = currentOwner();
		const given = answers === undefined ? undefined : readGivenAnswers(answers, owner, 'en').text;
		const text = given ?? StateDirectory.open(stateDir ?? StateDirectory.defaultPath(nameIn('')), owner, {language: 'en', isTolerant: true}).read('answers.yaml');
		const language: unknown = parseAnswers(text ?? '').get('language');
		return isLanguage(language) ? language : undefined;
	} catch {
		// The command itself says why.
		return undefined;
	}
}
