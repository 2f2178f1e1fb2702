import {inEveryLanguage} from '../languages/text.ts';
import {dirname} from 'node:path';
import {hostDefaults} from '../answers/host-defaults.ts';
import {UserError} from '../user-error.ts';
import {readMeasurements} from '../measure/measurements-file.ts';
import type {Measurements} from '../measure/result.ts';
import {documentMessages} from '../report/document-messages.ts';
import {sessionMessages} from '../session/messages.ts';
import {redactAll} from '../output/redact.ts';
import {collectReportData} from '../report/report-data.ts';
import {reportHtml, reportJson, reportMarkdown} from '../report/report.ts';
import {drills} from '../../steps/drills/index.ts';
import type {CommonOptions} from '../command-line/options.ts';
import {redactorFor} from '../session/secrets.ts';
import {openExisting, type Session} from '../session/session.ts';
import {AnswersDraft} from '../wizard/answers.ts';
import {workDurations} from '../wizard/overview.ts';

const words = documentMessages.command;

const measurementsFile = 'reports/measurements.json';

/**
 * Writes the report on the measurements to the state directory in three formats, and prints the paths. Returns the exit
 * code.
 */
export async function report(options: CommonOptions): Promise<number> {
	const session = await openExisting(options);
	const {state, language} = session;
	if (!state.has(measurementsFile)) {
		throw new UserError('nothing-measured', words.noMeasurements(state.file(measurementsFile))[language]);
	}

	const files = writeReports(session);
	process.stdout.write(
		options.json
			? `${JSON.stringify(files)}\n`
			: `${[words.written[language], ...Object.values(files)].join('\n  ')}\n`,
	);
	return 0;
}

/** @returns absolute paths by format */
function writeReports(session: Session): Readonly<Record<'html' | 'markdown' | 'json', string>> {
	const {state, cluster, plan, facts, journal, language} = session;
	const kept = readMeasurements(state);
	if (kept.problem !== undefined) {
		throw new UserError(
			'state-damaged',
			sessionMessages.stateBroken(state.file(measurementsFile), kept.problem)[language],
		);
	}

	const measurements = inOrder(kept.measurements);
	// The report has no secrets of its own, but the output of a failed command could contain one.
	const made = redactAll(
		collectReportData({
			measurements,
			cluster,
			plan,
			facts,
			choices: choicesOf(session),
			durations: new Map(workDurations(journal.entries)),
		}),
		redactorFor(session),
	);
	const write = (ending: string, text: string) => {
		const name = `${dirname(measurementsFile)}/report-${measurements.at.replaceAll(/[-:]|\..*/g, '')}.${ending}`;
		state.write(name, text);
		return state.file(name);
	};

	return {
		html: write('html', reportHtml(made, language)),
		markdown: write('md', reportMarkdown(made, language)),
		json: write('json', reportJson(made)),
	};
}

/** Sorts drills by the order of the list of drills, and loads by tool and number of servers. */
function inOrder(measurements: Measurements): Measurements {
	const ids = drills.map(({id}) => id);
	return {
		...measurements,
		drills: measurements.drills.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id)),
		load: measurements.load.toSorted((one, other) => one.tool.localeCompare(other.tool) || one.servers - other.servers),
	};
}

/** Returns the values of all answers, chosen or default. */
function choicesOf({state, facts, cluster}: Session) {
	const draft = new AnswersDraft(state.read('answers.yaml') ?? '', state.path);
	const fields = draft.fields(facts, hostDefaults(facts, cluster.sandbox));
	return fields
		.filter(({isGroup}) => !isGroup)
		.map(({path, about, value, isChosen}) => {
			const group = fields.find(field => field.isGroup && field.path.join('.') === path.slice(0, -1).join('.'));
			return {
				key: path.join('.'),
				about: group ? inEveryLanguage(language => within(group.about[language], about[language])) : about,
				value,
				isChosen,
			};
		});
}

/** Puts the group's description before a key's, because `How often` alone says little. */
function within(group: string, about: string): string {
	return `${group.split(';')[0]}: ${about.replace(/^\p{Lu}(?=\p{Ll}|\s)/u, letter => letter.toLowerCase())}`;
}
