import type {Command} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import type {Text} from '../languages/text.ts';

/** A task that only checks, without a command to apply. `timeout`: seconds to wait until the check succeeds. */
export function expect(
	title: Text,
	check: Command,
	options: {timeout?: number; advice?: Text; skippable?: boolean} = {},
): Task {
	return {title, check, ...options};
}
