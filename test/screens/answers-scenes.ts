import {FakeBackend} from './fake-backend.ts';
import {keys, openScreen, type Screen} from './screen.tsx';

type Options = Parameters<typeof openScreen>[0];

/** The answers' screen, its rows read. */
export async function openAnswers(options: Options = {}, backend = new FakeBackend()): Promise<Screen> {
	const screen = await openScreen({backend, ...options});
	screen.wizard.navigation.go('answers');
	await screen.settle();
	return screen;
}

/** Puts the cursor on a key. */
export async function goTo(screen: Screen, key: string): Promise<void> {
	screen.store.set({form: {current: key}});
	await screen.settle();
}

/** Types a value over what is there. */
export async function typeValue(screen: Screen, text: string): Promise<void> {
	await screen.press(keys.enter, keys.clearLine, ...text);
}

/** The answers' screen in its states. */
export const answersScenes: Record<string, (options?: Options) => Promise<Screen>> = {
	answers: async options => openAnswers(options),
	async 'answers, a value that cannot be'(options) {
		const screen = await openAnswers(options);
		await goTo(screen, 'web.count');
		await typeValue(screen, '0');
		return screen;
	},
	async 'answers, a mistake in the file'(options) {
		const backend = new FakeBackend();
		await backend.change(['raid', 'disks'], '3');
		const screen = await openAnswers(options, backend);
		await goTo(screen, 'raid.disks');
		return screen;
	},
	async 'answers, filtered'(options) {
		const screen = await openAnswers(options);
		await screen.press('/', ...'server');
		return screen;
	},
	async 'answers, saving over a file'(options) {
		const backend = new FakeBackend();
		backend.existing = ['cluster.yaml'];
		const screen = await openAnswers(options, backend);
		await screen.press('s', keys.enter);
		return screen;
	},
};
