import type {Command} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import type {Text} from '../languages/text.ts';

/** Something that must be seen, and that nothing of ours makes so directly. `within`: seconds to wait for it. */
export function expect(title: Text, check: Command, options: {within?: number; advice?: Text; skippable?: boolean} = {}): Task {
	return {title, check, ...options};
}
