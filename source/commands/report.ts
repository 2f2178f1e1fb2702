import {inEveryLanguage} from '../languages/text.ts';
import {dirname} from 'node:path';
import {proposalFor} from '../answers/host-defaults.ts';
import {UserError} from '../user-error.ts';
import {readMeasurements} from '../measure/measurements-file.ts';
import type {Measurements} from '../measure/result.ts';
import {documentMessages} from '../report/document-messages.ts';
import {sessionMessages} from './messages.ts';
import {redactAll} from '../output/redact.ts';
import {makeReport} from '../report/report-facts.ts';
import {reportHtml, reportJson, reportMarkdown} from '../report/report.ts';
import {drills} from '../../steps/drills/index.ts';
import type {CommonOptions} from './options.ts';
import {redactorFor} from './secrets.ts';
import {openExisting, type Session} from './session.ts';
import {AnswersDraft} from './wizard-answers.ts';
import {workDurations} from './wizard-overview.ts';

const words = documentMessages.command;

const measurementsFile = 'reports/measurements.json';

/** Writes what was measured as a report in three forms, into the state directory, and says where they are. */
export async function report(options: CommonOptions): Promise<number> {
	const session = await openExisting(options);
	const {state, language} = session;
	if (!state.has(measurementsFile)) {
		throw new UserError(words.noMeasurements(state.file(measurementsFile))[language], 2);
	}

	const files = writeReports(session);
	process.stdout.write(options.json ? `${JSON.stringify(files)}\n` : `${[words.written[language], ...Object.values(files)].join('\n  ')}\n`);
	return 0;
}

/** @returns absolute paths by the form of the report */
function writeReports(session: Session): Readonly<Record<'html' | 'markdown' | 'json', string>> {
	const {state, cluster, plan, facts, journal, language} = session;
	const kept = readMeasurements(state);
	if (kept.problem !== undefined) {
		throw new UserError(sessionMessages.stateBroken(state.file(measurementsFile), kept.problem)[language], 2);
	}

	const measurements = inOrder(kept.measurements);
	// No secret is in it; what a failed command printed could still hold one.
	const made = redactAll(makeReport({measurements, cluster, plan, facts, choices: choicesOf(session), durations: new Map(workDurations(journal.entries))}), redactorFor(session));
	const write = (ending: string, text: string) => {
		const name = `${dirname(measurementsFile)}/report-${measurements.at.replaceAll(/[-:]|\..*/g, '')}.${ending}`;
		state.write(name, text);
		return state.file(name);
	};

	return {html: write('html', reportHtml(made, language)), markdown: write('md', reportMarkdown(made, language)), json: write('json', reportJson(made))};
}

/** In the order of the tests' table of contents, however they were run; loads by their tool and number of servers. */
function inOrder(measurements: Measurements): Measurements {
	const ids = drills.map(({id}) => id);
	return {
		...measurements,
		drills: measurements.drills.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id)),
		load: measurements.load.toSorted((one, other) => one.tool.localeCompare(other.tool) || one.servers - other.servers),
	};
}

/** Every choice that holds, the user's and those by default. */
function choicesOf({state, facts, cluster}: Session) {
	const draft = new AnswersDraft(state.read('answers.yaml') ?? '', state.path);
	const fields = draft.fields(facts, proposalFor(facts, cluster.sandbox));
	return fields.filter(({isGroup}) => !isGroup).map(({path, about, value, isChosen}) => {
		const group = fields.find(field => field.isGroup && field.path.join('.') === path.slice(0, -1).join('.'));
		return {key: path.join('.'), about: group ? inEveryLanguage(language => within(group.about[language], about[language])) : about, value, isChosen};
	});
}

/** `How often` says little without the group it stands in. */
function within(group: string, about: string): string {
	return `${group.split(';')[0]}: ${about.replace(/^\p{Lu}(?=\p{Ll}|\s)/u, letter => letter.toLowerCase())}`;
}
