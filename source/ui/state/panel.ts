import type {JobCommand} from '../../wizard/backend.ts';
import type {State} from './store.ts';

/** Commands of the dashboard whose progress and result appear in a panel below the nodes. */
export const panelCommands = ['move', 'report', 'stop', 'start'] as const satisfies readonly JobCommand[];

/** Whether the panel shows a command that has ended: Esc closes it then. */
export function hasPanel(job: State['job']): boolean {
	return job?.isOver === true && (panelCommands as readonly JobCommand[]).includes(job.command);
}
