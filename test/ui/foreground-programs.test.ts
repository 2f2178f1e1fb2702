import {expect, test, vi} from 'vitest';
import {uiMessages} from '../../source/messages/screens.ts';
import {ForegroundPrograms} from '../../source/ui/foreground-programs.ts';
import {Store} from '../../source/ui/state/store.ts';
import {FakeBackend, testOverview} from '../screens/fake-backend.ts';

test.each([
	['ssh could not connect', 255, uiMessages.shell.failed.es],
	["the shell's last command failed", 1, undefined],
	['the shell ended well', 0, undefined],
])('%s (exit code %i)', async (_, code, notice) => {
	const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
	const backend = new FakeBackend(testOverview());
	backend.shellWords = () => ['sh', '-c', `exit ${code}`];
	const store = new Store({language: 'es'});
	await new ForegroundPrograms(store, () => backend, {suspend: async work => work()}).shell('nas');
	write.mockRestore();
	expect(store.get().notice).toBe(notice);
});
