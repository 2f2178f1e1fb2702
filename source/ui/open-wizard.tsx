import {withCommandLines, type CommonOptions} from '../command-line/options.ts';
import {becomeRoot} from '../session/root.ts';
import {uiMessages} from '../messages/screens.ts';
import {cleanLine} from '../text/clean.ts';
import {runWizard} from './run-wizard.tsx';

/** Opens the wizard on this terminal. Returns the exit code: 2 if the terminal is missing or not suitable. */
export async function openWizard(options: CommonOptions, signal: AbortSignal): Promise<number> {
	// Loaded on demand: the first frame does not need it.
	const language = async () => (await import('../session/language.ts')).languageFor(options);
	if (!process.stdin.isTTY || !process.stdout.isTTY || isDumb(process.env['TERM'])) {
		const missing =
			process.stdin.isTTY && process.stdout.isTTY
				? uiMessages.dumbTerminal(cleanLine(process.env['TERM'] ?? ''))
				: uiMessages.needsTerminal(process.stdin.isTTY ? 'output' : 'input');
		process.stderr.write(
			`${withCommandLines(`${missing[await language()]} ${uiMessages.withoutScreens[await language()]}`, options)}\n`,
		);
		return 2;
	}

	const code = await becomeRoot(language);
	return code ?? runWizard(options, signal, async () => (await import('../wizard/wizard.ts')).openBackend(options));
}

/** Whether $TERM is empty or `dumb`: such a terminal has no cursor control. */
function isDumb(term: string | undefined): boolean {
	return !term || term === 'dumb';
}
