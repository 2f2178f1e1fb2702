import {shellScript} from '../report/script.ts';
import type {CommonOptions} from './options.ts';
import {openSession} from './session.ts';

/** Prints the plan as a shell script. */
export async function script(options: CommonOptions): Promise<number> {
	const {plan, cluster, language} = await openSession(options, {save: false});
	process.stdout.write(shellScript(plan, cluster, language));
	return 0;
}
