import {languageOf, commandLine, hasUnicode, type CommonOptions} from '../commands/options.ts';
import {becomeRoot} from '../commands/root.ts';
import {uiMessages} from '../messages/ui.ts';
import {App} from './app.tsx';
import {Store} from './state/store.ts';
import {Terminal, type Abilities} from './terminal.tsx';
import {Wizard} from './wizard.ts';

/** The wizard on this terminal. Returns the exit code. */
export async function openWizard(options: CommonOptions, signal: AbortSignal): Promise<number> {
	if (!process.stdin.isTTY || !process.stdout.isTTY || process.env['TERM'] === 'dumb') {
		process.stderr.write(`${uiMessages.needsTerminal[languageOf(options)]}\n`);
		return 2;
	}

	const code = await becomeRoot(languageOf(options));
	return code ?? show(options, signal);
}

async function show(options: CommonOptions, signal: AbortSignal): Promise<number> {
	const store = new Store({language: languageOf(options)});
	const terminal = new Terminal({abilities: abilitiesOf(options), onResize(size) {
		store.set({size});
	}});
	store.set({size: terminal.size});
	const wizard = new Wizard(store, terminal);
	const stop = () => {
		wizard.end();
	};

	signal.addEventListener('abort', stop, {once: true});
	await terminal.open(() => <App wizard={wizard}/>);
	// What reads answers and machines is loaded behind the first frame.
	const {openBackend} = await import('../commands/wizard.ts');
	const backend = openBackend(options);
	wizard.attach(backend);
	const {language, guided = false} = backend.remembered();
	if (language && !options.language) {
		wizard.chooseLanguage(language);
	}

	store.set({isGuided: guided});
	void wizard.load();
	try {
		const code = await wizard.left;
		terminal.close();
		if (code === 130) {
			process.stdout.write(`${uiMessages.interrupted(commandLine('', options).trim())[store.get().language]}\n`);
		}

		return code;
	} finally {
		terminal.close();
		wizard.close();
		backend.close();
		signal.removeEventListener('abort', stop);
	}
}

function abilitiesOf(options: CommonOptions): Abilities {
	return {
		color: options.color !== false && !process.env['NO_COLOR'] && process.stdout.hasColors(),
		unicode: hasUnicode(),
		screenReader: process.env['INK_SCREEN_READER'] === 'true',
	};
}
