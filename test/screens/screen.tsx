import {EventEmitter} from 'node:events';
import {stripVTControlCharacters} from 'node:util';
import {render} from 'ink';
import {App} from '../../source/ui/app.tsx';
import {Store, type State} from '../../source/ui/state/store.ts';
import {Wizard} from '../../source/ui/wizard.ts';
import {FakeBackend, testTime} from './fake-backend.ts';

/** A terminal in memory, of a fixed size: ink-testing-library's has neither rows nor another width than 100. */
class Output extends EventEmitter {
	readonly isTTY = true;
	readonly columns: number;
	readonly rows: number;
	frame = '';

	constructor(columns: number, rows: number) {
		super();
		this.columns = columns;
		this.rows = rows;
	}

	write = (text: string) => {
		if (text !== '' && !text.startsWith('\u001B[?25')) {
			this.frame = text;
		}

		return true;
	};
}

class Input extends EventEmitter {
	readonly isTTY = true;
	#waiting: string | null = null;
	setEncoding() {}
	setRawMode() {}
	ref() {}
	unref() {}
	read = () => {
		const text = this.#waiting;
		this.#waiting = null;
		return text;
	};

	press(text: string) {
		this.#waiting = text;
		this.emit('readable');
	}
}

export const keys = {
	enter: '\r',
	escape: '\u001B',
	up: '\u001B[A',
	down: '\u001B[B',
	left: '\u001B[D',
	right: '\u001B[C',
	pageUp: '\u001B[5~',
	pageDown: '\u001B[6~',
	home: '\u001B[H',
	clearLine: '\u0015',
	end: '\u001B[F',
	tab: '\t',
	interrupt: '\u0003',
	backspace: '\u007F',
};

export interface Screen {
	readonly backend: FakeBackend;
	readonly store: Store;
	readonly wizard: Wizard;
	/** Plain lines, without spaces at their ends. */
	text(): string;
	/** With the colours. */
	raw(): string;
	press(...keys: string[]): Promise<void>;
	/** Moves the clock: seconds since the beginning. */
	at(seconds: number): Promise<void>;
	settle(): Promise<void>;
	readonly suspended: string[];
	end(): void;
}

/** The wizard on a terminal of this size, with a backend that a test moves. */
export async function openScreen({
	backend = new FakeBackend(),
	columns = 80,
	rows = 24,
	state = {},
	screenReader = false,
}: {
	backend?: FakeBackend;
	columns?: number;
	rows?: number;
	state?: Partial<State>;
	screenReader?: boolean;
} = {}): Promise<Screen> {
	let now = testTime;
	const output = new Output(columns, rows);
	const input = new Input();
	const store = new Store({size: {columns, rows}, ...state}, () => now);
	const suspended: string[] = [];
	const wizard = new Wizard(
		store,
		{
			async suspend() {
				suspended.push('suspended');
			},
		},
		() => now,
	);
	wizard.attach(backend);
	const {unmount} = render(<App wizard={wizard} />, {
		stdout: output as unknown as NodeJS.WriteStream,
		stdin: input as unknown as NodeJS.ReadStream,
		debug: true,
		exitOnCtrlC: false,
		patchConsole: false,
		isScreenReaderEnabled: screenReader,
	});
	const settle = async () => {
		for (let turn = 0; turn < 4; turn++) {
			await new Promise(setImmediate);
		}

		store.flush();
		await new Promise(setImmediate);
	};

	await wizard.load();
	await settle();
	return {
		backend,
		store,
		wizard,
		suspended,
		settle,
		text: () =>
			stripVTControlCharacters(output.frame)
				.split('\n')
				.map(line => line.trimEnd())
				.join('\n'),
		raw: () => output.frame,
		async press(...pressed) {
			for (const key of pressed) {
				input.press(key);
				await settle();
			}
		},
		async at(seconds) {
			now = testTime + seconds * 1000;
			await settle();
		},
		end() {
			wizard.close();
			unmount();
		},
	};
}
