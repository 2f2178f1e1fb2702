import {reportMessages} from '../messages/report.ts';
import type {CommonOptions} from './options.ts';
import {commandLine} from './options.ts';
import {newRunId, runStage} from './runner.ts';
import {isInside, isSandboxUp, outerRun, throughSandbox} from './sandbox.ts';
import {openSession} from './session.ts';

/** What `up` would change. Changes nothing. */
export async function plan(options: CommonOptions, signal: AbortSignal): Promise<number> {
	const session = await openSession(options, {save: false});
	const request = {run: outerRun() ?? newRunId(), command: commandLine('plan', options), dryRun: true, signal};
	const {language} = session;
	if (!isInside()) {
		const first = await runStage(session, {...request, stage: 1});
		if (session.cluster.sandbox && !isSandboxUp(session)) {
			return tell([...first.values()].filter(({status}) => status === 'would-change').length);
		}
	}

	return throughSandbox(session, async () => {
		const result = await runStage(session, {...request, stage: 2});
		return tell([...result.values()].filter(({status}) => status === 'would-change').length);
	});

	function tell(count: number): number {
		if (!options.json) {
			process.stdout.write(`${count === 0 ? reportMessages.nothingChanged[language] : reportMessages.wouldChange(count)[language]}\n`);
		}

		return signal.aborted ? 130 : 0;
	}
}
