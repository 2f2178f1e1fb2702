import {afterEach} from 'vitest';
import {openScreen, type Screen} from './screen.tsx';

const open: Screen[] = [];
afterEach(() => {
	for (const screen of open.splice(0)) {
		screen.end();
	}
});

/** A screen that ends with the test that opened it, however it was made. */
export function untilTestEnds(screen: Screen): Screen {
	open.push(screen);
	return screen;
}

export async function opened(options?: Parameters<typeof openScreen>[0]): Promise<Screen> {
	return untilTestEnds(await openScreen(options));
}
