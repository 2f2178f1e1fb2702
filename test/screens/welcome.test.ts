import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {FakeBackend, testOverview} from './fake-backend.ts';
import {keys} from './screen.tsx';
import {opened as openScreen} from './opened.ts';

beforeEach(() => {
	vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
});
afterEach(() => {
	vi.useRealTimers();
});

const built = () =>
	new FakeBackend(testOverview({isBegun: true, past: {kind: 'built', at: '2026-01-02T11:00:00.000Z', run: 'r1'}}));
const none = testOverview();

test.each([
	['en', 'Dashboard', 'Build in a sandbox'],
	['es', 'Panel', 'Construir en un entorno aislado'],
] as const)('a cluster that is removed elsewhere is not offered any more (%s)', async (language, dashboard, build) => {
	const screen = await openScreen({backend: built(), state: {language}});
	await screen.wizard.load();
	await screen.settle();
	expect(screen.text()).toContain(dashboard);
	screen.backend.view = none;
	await vi.advanceTimersByTimeAsync(10_000);
	await screen.settle();
	expect(screen.text()).not.toContain(dashboard);
	expect(screen.text()).toContain(build);
});

test('a cluster that could not be read is looked at again', async () => {
	const screen = await openScreen({backend: built()});
	await screen.wizard.load();
	const overview = vi.spyOn(screen.backend, 'overview').mockRejectedValueOnce(new Error('answers.yaml: broken'));
	await vi.advanceTimersByTimeAsync(5000);
	await screen.settle();
	expect(screen.text()).toContain('answers.yaml: broken');
	await vi.advanceTimersByTimeAsync(10_000);
	await screen.settle();
	expect(screen.text()).not.toContain('broken');
	expect(overview.mock.calls.length).toBeGreaterThan(1);
});

test('looking ends with the screen', async () => {
	const screen = await openScreen({backend: built()});
	await screen.wizard.load();
	await screen.settle();
	await screen.press(keys.enter);
	const overview = vi.spyOn(screen.backend, 'overview');
	await vi.advanceTimersByTimeAsync(10_000);
	overview.mockClear();
	await vi.advanceTimersByTimeAsync(60_000);
	expect(overview).not.toHaveBeenCalled();
	screen.wizard.leave(0);
});

test('memory and disk are told once, and not of a cluster that is built', async () => {
	const screen = await openScreen({backend: new FakeBackend(none)});
	await screen.wizard.load();
	await screen.settle();
	expect(screen.text()).toContain('Needs 3.4 GiB of memory. Free: 11.7 GiB of memory, 63.5 GiB of disk');
	expect(screen.text()).toMatch(/Disk: 9\.5 GiB, at most \d/);
	expect(screen.text()).not.toContain('9716');
	screen.backend.view = built().view;
	await screen.wizard.load();
	await screen.settle();
	expect(screen.text()).not.toMatch(/Needs|Disk:/);
});

test.each([
	['en', /Needs|MiB free/],
	['es', /Necesita|MiB libres/],
] as const)(
	'machines that are there need nothing any more: neither on a build that was cut off nor beside the answers (%s)',
	async (language, needs) => {
		const cutOff = testOverview({
			isBegun: true,
			past: {kind: 'interrupted', since: '2026-01-02T11:00:00.000Z', run: 'r0', unit: 'raid:nas', status: 'killed'},
		});
		const {disk: _, ...figures} = cutOff.figures;
		const screen = await openScreen({
			backend: new FakeBackend({...cutOff, memory: {needed: 0, available: 19_167}, figures}),
			state: {language},
		});
		await screen.wizard.load();
		await screen.settle();
		expect(screen.text()).not.toMatch(needs);
		screen.wizard.navigation.go('answers');
		await screen.settle();
		expect(screen.text()).not.toMatch(needs);
	},
);
