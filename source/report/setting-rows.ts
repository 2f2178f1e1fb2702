import type {Setting} from '../cluster/setting.ts';
import {measuredSettings} from '../cluster/settings.ts';
import {directorDetection} from '../cluster/timing.ts';
import type {Language} from '../languages/text.ts';
import type {Settings} from '../measure/result.ts';
import {documentMessages} from './document-messages.ts';
import {formatFor, type Format} from './format.ts';

const {yes, no} = documentMessages;

/** Every setting by its name in the report, with its value in words. */
export function settingRows(settings: Settings, language: Language): Array<[name: string, value: string]> {
	const format = formatFor(language);
	return Object.entries<Setting>(measuredSettings).map(([key, setting]) => {
		const value = settings[key as keyof Settings];
		return [
			setting.label[language],
			key === 'token' ? tokenTimes(settings.token, format) : inWords(value, setting, format, language),
		];
	});
}

/** The token timeout (in milliseconds), and the time until the cluster acts on a lost director, as text. */
function tokenTimes(token: number, {time}: Format): string {
	return `${time(token)}; ${time(directorDetection({ha: {token}}).total * 1000)}`;
}

function inWords(value: Settings[keyof Settings], {unit}: Setting, {time}: Format, language: Language): string {
	if (typeof value === 'boolean') {
		return (value ? yes : no)[language];
	}

	return time(unit === 's' ? value * 1000 : value);
}
