import {TaskFailed, UserError} from '../engine/failure.ts';
import {sessionMessages} from '../messages/session.ts';
import {failureText} from './outcome.ts';
import {commandLine, type CommonOptions} from './options.ts';
import {newRunId, runStage} from './runner.ts';
import {outerRun, throughSandbox} from './sandbox.ts';
import {openExisting} from './session.ts';

export interface VerifyOptions extends CommonOptions {
	readonly test?: string;
}

/** The tests that can be asked for by name: the thesis's first. */
const tests = ['1'];

/** Proves what the cluster promises. 0 when all of it holds, 4 when something does not. */
export async function verify(options: VerifyOptions, signal: AbortSignal): Promise<number> {
	const session = await openExisting(options);
	const {plan, language, state} = session;
	if (options.test !== undefined && !tests.includes(options.test)) {
		throw new UserError(sessionMessages.unknownTest(options.test, tests)[language], 2);
	}

	return throughSandbox(session, async () => {
		const run = outerRun() ?? newRunId();
		const only = new Set(plan.filter(({step}) => step.id === 'verification').map(({id}) => id));
		const outcomes = [...(await runStage(session, {run, command: commandLine('verify', options), stage: 3, only, signal})).values()];
		for (const {error} of outcomes) {
			if (error instanceof TaskFailed) {
				process.stderr.write(`${failureText(error.report, state.file('logs', run), language)}\n`);
			}
		}

		if (outcomes.some(({status}) => status === 'interrupted')) {
			return 130;
		}

		return outcomes.every(({status}) => status === 'ok' || status === 'changed') ? 0 : 4;
	}, {signal});
}
