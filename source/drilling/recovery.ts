import {Interrupted, TaskFailed} from '../engine/failure.ts';
import {verifyMessages} from '../measure/verify-messages.ts';
import {benchDrill} from '../../steps/drills/bench.ts';
import {drills} from '../../steps/drills/index.ts';
import {restore, type DrillSession} from './drill-session.ts';
import {commandLine} from '../command-line/options.ts';
import {failureText} from './run-summary.ts';
import {printWarning} from '../session/print.ts';

/**
 * Restores the cluster after drills that were cut off in an earlier run. Returns false, and prints the reason, if it
 * cannot be restored.
 */
export async function repairOpenDrills(drilling: DrillSession): Promise<boolean> {
	const {
		session: {journal, cluster, language, options, state},
		run,
	} = drilling;
	const open = journal.openDrills();
	if (open.length === 0) {
		return true;
	}

	printWarning(verifyMessages.openDrills(open)[language]);
	for (const id of open.toReversed()) {
		const drill = [...drills, benchDrill].find(drill => drill.id === id);
		if (!drill) {
			continue;
		}

		try {
			await restore(drilling, id, drill.scenario(cluster));
		} catch (error) {
			if (error instanceof Interrupted) {
				return false;
			}

			if (!(error instanceof TaskFailed)) {
				throw error;
			}

			printWarning(
				`${failureText(error.report, state.file('logs', run), language, options)}\n${verifyMessages.notRestored(commandLine('verify', options))[language]}`,
			);
			return false;
		}
	}

	return true;
}
