import {shellScript} from '../report/script.ts';
import type {CommonOptions} from '../command-line/options.ts';
import {openSession} from '../session/session.ts';

/** Prints the plan as a shell script. */
export async function script(options: CommonOptions): Promise<number> {
	const {plan, cluster, language} = await openSession(options, {save: false});
	process.stdout.write(shellScript(plan, cluster, language));
	return 0;
}
