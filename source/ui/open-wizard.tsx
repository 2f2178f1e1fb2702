import {languageOf, type CommonOptions} from '../commands/options.ts';
import {becomeRoot} from '../commands/root.ts';
import {uiMessages} from '../messages/ui.ts';
import {runWizard} from './run-wizard.tsx';

/** The wizard on this terminal. Returns the exit code. */
export async function openWizard(options: CommonOptions, signal: AbortSignal): Promise<number> {
	if (!process.stdin.isTTY || !process.stdout.isTTY || process.env['TERM'] === 'dumb') {
		process.stderr.write(`${uiMessages.needsTerminal[languageOf(options)]}\n`);
		return 2;
	}

	const code = await becomeRoot(languageOf(options));
	return code ?? runWizard(options, signal, async () => (await import('../commands/wizard.ts')).openBackend(options));
}
