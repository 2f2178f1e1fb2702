import {commandLine, hasUnicode, languageOf, type CommonOptions} from '../command-line/options.ts';
import type {Backend} from '../wizard/backend.ts';
import {uiMessages} from '../messages/screens.ts';
import {App} from './app.tsx';
import {Store, takesText} from './state/store.ts';
import {Terminal, type TerminalOptions} from './terminal.tsx';
import {Wizard} from './wizard.ts';

/**
 * Runs the wizard on the terminal until the user leaves. Returns the exit code.
 * @param load loads the backend, after the first frame is shown
 */
export async function runWizard(
	options: CommonOptions,
	signal: AbortSignal,
	load: () => Promise<Backend & {close: () => void}>,
): Promise<number> {
	const store = new Store({language: languageOf(options)});
	let crash: (error: unknown) => void;
	const crashed = new Promise<never>((_, reject) => {
		crash = reject;
	});
	const terminal: Terminal = new Terminal({
		abilities: abilitiesOf(options),
		onResize(size) {
			store.set({size});
		},
		takesText: () => takesText(store.get()),
		onStop: () => (wizard.work.isGoingOn ? uiMessages.worksOn[store.get().language] : undefined),
		onCrash(error) {
			crash(error);
		},
	});
	store.set({size: terminal.size});
	const wizard: Wizard = new Wizard(store, terminal);
	const stop = () => {
		wizard.end();
	};

	signal.addEventListener('abort', stop, {once: true});
	await terminal.open(() => <App wizard={wizard} options={options} />);
	const backend = await load();
	wizard.attach(backend);
	const {language, guided = false} = backend.remembered();
	if (language && !options.language) {
		wizard.chooseLanguage(language);
	}

	store.set({isGuided: guided});
	void wizard.load();
	try {
		const code = await Promise.race([wizard.left, crashed]);
		terminal.close();
		if (code === 130) {
			process.stdout.write(`${uiMessages.interrupted(commandLine('', options))[store.get().language]}\n`);
		}

		return code;
	} finally {
		terminal.close();
		wizard.close();
		backend.close();
		signal.removeEventListener('abort', stop);
	}
}

function abilitiesOf(options: CommonOptions): TerminalOptions['abilities'] {
	return {
		color: options.color !== false && !process.env['NO_COLOR'] && process.stdout.hasColors(),
		unicode: hasUnicode(),
		screenReader: process.env['INK_SCREEN_READER'] === 'true',
	};
}
