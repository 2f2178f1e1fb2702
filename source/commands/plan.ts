import type {RunResult} from '../engine/run.ts';
import {reportMessages} from '../messages/report.ts';
import type {CommonOptions} from './options.ts';
import {commandLine} from './options.ts';
import {newRunId, runStage} from './runner.ts';
import {isInside, outerRun} from './inside.ts';
import {isSandboxUp, throughSandbox} from './sandbox.ts';
import {openSession} from './session.ts';
import {showSite} from './site.ts';

/** What `up` would change. Changes nothing. */
export async function plan(options: CommonOptions, signal: AbortSignal): Promise<number> {
	const session = await openSession(options, {save: false, readsSite: !isInside()});
	showSite(session);
	const request = {run: outerRun() ?? newRunId(), command: commandLine('plan', options), dryRun: true, signal};
	const {language} = session;
	let changes = 0;
	if (!isInside()) {
		changes = countChanges(await runStage(session, {...request, stage: 1})) + countChanges(await runStage(session, {...request, stage: 2}));
		if (session.cluster.sandbox && !isSandboxUp(session)) {
			return tell();
		}
	}

	return throughSandbox(session, async () => {
		changes += countChanges(await runStage(session, {...request, stage: 3}));
		return tell();
	}, {signal});

	function tell(): number {
		if (!options.json) {
			process.stdout.write(`${changes === 0 ? reportMessages.nothingChanged[language] : reportMessages.wouldChange(changes)[language]}\n`);
		}

		return signal.aborted ? 130 : 0;
	}
}

function countChanges(result: RunResult): number {
	return [...result.values()].filter(({status}) => status === 'would-change').length;
}
