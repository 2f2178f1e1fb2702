import {expect, test, vi} from 'vitest';
import {thesisDefaults} from '../../source/answers/defaults.ts';
import {dottedKey} from '../../source/ui/state/form.ts';
import {both} from '../both.ts';
import {FakeBackend} from './fake-backend.ts';
import {goTo, openAnswers, typeValue} from './answers-scenes.ts';
import {untilTestEnds} from './opened.ts';
import {keys, type Screen} from './screen.tsx';

const opened = async (backend = new FakeBackend()) => untilTestEnds(await openAnswers({}, backend));

/** The row with the cursor. */
const row = (screen: Screen) =>
	screen
		.text()
		.split('\n')
		.find(line => line.startsWith('›'))!
		.trim();

test.each([
	['web.count', '12'],
	['web.count', '1'],
	['profile', 'fast'],
])('%s becomes %s: the cursor stays on it, and what is typed in between edits nothing else', async (key, value) => {
	const screen = await opened();
	await goTo(screen, key);
	await typeValue(screen, value);
	// Taking a change in takes a moment; the keys after it come at once.
	let release: () => void = () => {};
	const gate = new Promise<void>(resolve => {
		release = resolve;
	});
	screen.backend.delay = async () => gate;
	await screen.press(keys.enter, keys.enter, keys.backspace, '7');
	release();
	await screen.settle();
	await screen.settle();
	expect(screen.store.get().form.current).toBe(key);
	expect(row(screen)).toContain(key.split('.').at(-1)!);
	await screen.press(keys.escape);
	expect(screen.backend.changes).toEqual([[key, value]]);
});

test('an answer that is gone leaves the cursor near where it stood', async () => {
	const screen = await opened();
	await goTo(screen, 'web.count');
	await typeValue(screen, '5');
	await screen.press(keys.enter);
	await goTo(screen, 'nodes.server5.name');
	expect(screen.store.get().form.current).toBe('nodes.server5.name');
	await screen.wizard.preparation.change(['web', 'count'], '2');
	await screen.settle();
	expect(screen.store.get().fields.some(({path}) => path.join('.') === 'nodes.server5.name')).toBe(false);
	await screen.press(keys.enter);
	expect(screen.store.get().form.editing?.path[0]).not.toBe('web');
});

test('Esc while a value is looked at does not bring the editing back', async () => {
	const screen = await opened();
	await goTo(screen, 'web.count');
	await screen.press(keys.enter);
	let release: () => void = () => {};
	screen.backend.delay = async () =>
		new Promise<void>(resolve => {
			release = resolve;
		});
	await screen.press('9', keys.escape);
	release();
	await screen.settle();
	await screen.settle();
	expect(screen.store.get().form.editing).toBeUndefined();
	expect(screen.backend.changes).toEqual([]);
	expect(screen.text()).toContain('· Answers');
});

test('a value that cannot be is not taken, and the reason stands below the list', async () => {
	const screen = await opened();
	await goTo(screen, 'web.count');
	await typeValue(screen, '0');
	await screen.press(keys.enter);
	expect(row(screen)).toMatch(/count.* 0█ +✖ not possible/);
	expect(screen.text()).toMatch(/^must be a whole number from 1 to 50/m);
	expect(screen.backend.changes).toEqual([]);
	await screen.press(keys.escape);
	expect(row(screen)).not.toContain('✖');
});

test('Home and End move in the text; arrows go through a short list', async () => {
	const screen = await opened();
	await goTo(screen, 'name');
	await screen.press(keys.enter, keys.home, 'x', keys.end, 'y');
	expect(row(screen)).toContain('xweby█');
	await screen.press(keys.escape);
	await goTo(screen, 'profile');
	await screen.press(keys.enter, keys.right);
	expect(screen.text()).toContain('[fast]');
});

test('a file that is there is not overwritten: the question stays, and says why, until another name is given', async () => {
	const backend = new FakeBackend();
	backend.existing = ['cluster.yaml'];
	const screen = await opened(backend);
	await screen.press('s', keys.enter);
	expect(screen.text()).toMatch(/something is there already\.\sChoose another name\./);
	expect(screen.text()).not.toContain('EEXIST');
	expect(screen.text()).toContain('Save as: cluster.yaml█');
	await screen.press(keys.home, 'm', 'y', '-', keys.enter);
	expect(screen.text()).toContain('Saved in /home/student/my-cluster.yaml');
});

test('/ narrows the list as it is typed, Enter keeps it, Esc clears it and stays on the answer', async () => {
	const screen = await opened();
	await screen.press('/', ...'FAILBACK');
	expect(screen.text()).toMatch(/^\/FAILBACK█ {2}1 of \d+$/m);
	expect(row(screen)).toContain('failback');
	await screen.press(keys.enter, keys.enter);
	expect(screen.store.get().form.editing?.path).toEqual(['ha', 'failback']);
	await screen.press(keys.escape, keys.escape);
	expect(screen.text()).not.toContain('/FAILBACK');
	expect(row(screen)).toContain('failback');
	await screen.press(keys.escape);
	expect(screen.text()).toContain('· Welcome');
});

test('? and a slash are text while a value is typed', async () => {
	const screen = await opened();
	await goTo(screen, 'name');
	await screen.press(keys.enter, '?', '/', 'q');
	expect(row(screen)).toContain('web?/q█');
});

test('where the cluster is bridged or not, other answers are there; the cursor stays', async () => {
	const backend = new FakeBackend();
	backend.proposal = {...thesisDefaults, external: 'bridge', nic: 'eno1'};
	const screen = await opened(backend);
	await goTo(screen, 'raid.level');
	backend.proposal = {...thesisDefaults, external: 'sandbox'};
	await screen.wizard.preparation.readFields();
	await screen.settle();
	expect(screen.store.get().fields.some(({path}) => path[0] === 'host')).toBe(false);
	expect(row(screen)).toContain('level');
});

test('Enter checks a value once more: what was wrong with it may have been mended since', async () => {
	const screen = await opened();
	await goTo(screen, 'web.content');
	const check = vi
		.spyOn(screen.backend, 'problemWith')
		.mockResolvedValue(both('there is no folder', 'no hay ninguna carpeta'));
	await typeValue(screen, '/some/folder');
	await screen.press(keys.enter);
	expect(screen.text()).toContain('there is no folder');
	check.mockResolvedValue(undefined);
	await screen.press(keys.enter);
	expect(screen.text()).not.toContain('there is no folder');
	expect(screen.backend.changes).toEqual([['web.content', '/some/folder']]);
});

test('a value of the file that was mended since is no fault any more once it is accepted as it is', async () => {
	const backend = new FakeBackend();
	await backend.change(['name'], 'shop');
	const screen = await opened(backend);
	await goTo(screen, 'name');
	const [first, ...rest] = await backend.fields();
	screen.store.set({fields: [{...first!, problem: both('stale', 'viejo')}, ...rest]});
	await screen.press(keys.enter, keys.enter);
	expect(screen.text()).not.toContain('stale');
});

test('the value in force stands beside the one that is chosen', async () => {
	const screen = await opened();
	const fields = await screen.backend.fields();
	screen.store.set({
		fields: fields.map(field => (dottedKey(field) === 'ha.token' ? {...field, inForce: '15000'} : field)),
	});
	await goTo(screen, 'ha.token');
	expect(row(screen)).toContain('3000 (in force: 15000)');
	expect(screen.text()).toContain('In force: 15000, because');
});
