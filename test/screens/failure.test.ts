import {expect, test} from 'vitest';
import {knownCauses} from '../../source/engine/causes.ts';
import type {AskedQuestion} from '../../source/session/ask-wizard.ts';
import {languages} from '../../source/languages/languages.ts';
import {FakeBackend} from './fake-backend.ts';
import {opened} from './opened.ts';
import {keys, type Screen} from './screen.tsx';
import {failedRaid} from './scenes.ts';

/** Message of apt on a full disk, with the reason at the end of a long line. */
const full: AskedQuestion = {
	...failedRaid,
	task: 'Install corosync',
	skippable: true,
	report: {
		attempted:
			'Install the packages corosync, pacemaker, crmsh and what they need, on the two directors of the cluster',
		command: `DEBIAN_FRONTEND=noninteractive apt-get install -y ${Array.from({length: 20}, (_, index) => `package${index}`).join(' ')}`,
		exit: 100,
		lines: [
			...Array.from(
				{length: 18},
				(_, index) =>
					`Unpacking libexample${index}:amd64 (1.2.${index}-4+deb12u1) over (1.2.3-4) with a longer tail ...`,
			),
			"dpkg: error processing archive /var/cache/apt/archives/corosync_3.1.7-1_amd64.deb (--unpack): cannot copy extracted data for './usr/sbin/corosync' to '/usr/sbin/corosync.dpkg-new': failed to write (No space left on device)",
			'E: Sub-process /usr/bin/dpkg returned an error code (1)',
		],
		advice: knownCauses.find(({id}) => id === 'disk')!.advice.en,
	},
};

async function failing(size: {columns: number; rows: number}): Promise<Screen> {
	const screen = await opened({...size, backend: new FakeBackend()});
	screen.wizard.navigation.home('run');
	screen.wizard.work.start('up');
	screen.backend.announce();
	screen.backend.ask(full);
	await screen.settle();
	return screen;
}

const words = (text: string) => text.split(/\s+/).filter(Boolean);

test.each([
	[60, 20],
	[80, 24],
	[120, 40],
])('%i×%i: the reason and the advice are seen at once, everything else by scrolling', async (columns, rows) => {
	const screen = await failing({columns, rows});
	expect(words(screen.text()).join(' ')).toContain('(No space left on device)');
	expect(words(screen.text()).join(' ')).toContain(full.report!.advice);
	expect(screen.text()).toContain('Try again');
	await screen.press('\u001B[H');
	const pages = [screen.text()];
	for (let page = 0; page < 20; page++) {
		await screen.press(keys.pageDown);
		pages.push(screen.text());
	}

	expect(pages[0]).toContain('✖ Attempted: Install the packages');
	const seen = new Set(pages.flatMap(page => words(page)));
	const {attempted, command, lines, advice} = full.report!;
	// Words wider than the screen are broken.
	expect(
		words([attempted, command, ...lines, advice].join(' ')).filter(
			word => word.length < columns - 2 && !seen.has(word),
		),
	).toEqual([]);
	await screen.press('\u001B[H', '\u001B[F');
	expect(screen.text()).toBe(pages.at(-1));
});

test('60×20: the menu scrolls to the last item', async () => {
	const screen = await failing({columns: 60, rows: 20});
	await screen.press(keys.up);
	expect(screen.text()).toMatch(/› Stop everything/);
});

test('the cursor stays on its item when the menu grows, and language changes the item it is on', async () => {
	const screen = await opened({state: {overview: undefined}});
	screen.store.set({overview: undefined});
	await screen.settle();
	await screen.press('\u001B[F');
	expect(screen.text()).toContain('› Quit');
	await screen.wizard.load();
	await screen.settle();
	expect(screen.text()).toContain('› Quit');
	// The first of the other languages.
	await screen.press(...languages.slice(1).map(() => keys.up), keys.enter);
	expect(screen.text()).toContain('› English');
});

test('60×20: help scrolls to its end and closes with any other key', async () => {
	const screen = await opened({columns: 60, rows: 20});
	screen.wizard.navigation.go('verification');
	await screen.settle();
	await screen.press('?');
	expect(screen.text()).not.toContain('Ctrl-L');
	await screen.press(keys.pageDown, '\u001B[F');
	expect(screen.text()).toContain('Ctrl-L');
	await screen.press('\u001B[H');
	expect(screen.text()).not.toContain('Ctrl-L');
	await screen.press(keys.enter);
	expect(screen.text()).not.toContain('Help');
});
