import type {JobCommand} from '../../commands/wizard-backend.ts';
import type {State} from './store.ts';

/** Commands of the dashboard whose progress and end stand in a panel below the nodes. */
export const panelCommands = ['move', 'report', 'stop', 'start'] as const satisfies readonly JobCommand[];

/** Whether a panel is shown that Esc closes: that of a command that has ended. */
export function hasPanel(job: State['job']): boolean {
	return job?.isOver === true && (panelCommands as readonly JobCommand[]).includes(job.command);
}
