import {expect, test} from 'vitest';
import {thesisDefaults} from '../../source/answers/defaults.ts';
import {subjectOf} from '../../source/wizard/overview.ts';
import {groupsToJoin} from '../../source/planning/groups-to-join.ts';
import {planMessages} from '../../source/planning/plan-messages.ts';
import {makePlan} from '../../source/engine/plan.ts';
import {width} from '../../source/ui/components/text.ts';
import {steps} from '../../steps/index.ts';
import {both} from '../both.ts';
import {testCluster} from '../cluster-fixture.ts';
import {builtBackend} from './built-backend.ts';
import {FakeBackend, testOverview} from './fake-backend.ts';
import {opened, untilTestEnds} from './opened.ts';
import {askedCorosync, ended, failedRaid, midway, scenes} from './scenes.ts';
import {keys, type Screen} from './screen.tsx';

async function running(options?: Parameters<typeof opened>[0]): Promise<Screen> {
	const screen = await opened(options);
	await midway(screen);
	return screen;
}

test('every chapter has a short name in both languages that fits a narrow list', () => {
	for (const {id, name} of steps) {
		for (const text of [name?.en ?? '', name?.es ?? '']) {
			expect(text, id).not.toBe('');
			expect(width(text), id).toBeLessThanOrEqual(15);
		}
	}
});

test('in Spanish the run names chapters, machines and this computer, never ids', async () => {
	const screen = await running({state: {language: 'es'}});
	expect(screen.text()).toContain('Discos por rol');
	expect(screen.text()).toContain('RAID · nas: Create /dev/md0');
	expect(screen.text()).not.toMatch(/\b(?:base-image|external-network|names|packages|forwarding|networks|machines:)/);
	screen.store.set({log: {host: 'machine'}});
	await screen.settle();
	expect(screen.text()).toContain('Salida: este equipo');
	screen.store.set({log: {host: 'host'}});
	await screen.settle();
	expect(screen.text()).toContain('Salida: el entorno aislado');
});

test("how a task ended stands in the output in the user's language", async () => {
	const screen = await running({state: {language: 'es'}});
	screen.backend.tell(168, {
		type: 'task-finished',
		unit: 'raid:nas',
		step: 'raid',
		host: 'nas',
		task: 'Crear /dev/md0',
		index: 1,
		status: 'changed',
		duration: 2,
	});
	await screen.settle();
	expect(screen.text()).toContain('= hecho: Crear /dev/md0');
});

test('after Tab, the explanation is that of the machine shown, also where nothing has begun on it', async () => {
	const screen = await running();
	screen.backend.ask(failedRaid);
	await screen.settle();
	await screen.press(keys.escape);
	screen.store.set({log: {host: 'server2'}});
	await screen.settle();
	await screen.press('v');
	expect(screen.text()).toContain('Explanation: Names');
	await screen.press('o');
	expect(screen.suspended).toEqual([]);
});

test.each([
	['en', '· Run · guided mode'],
	['es', '· Ejecución · modo guiado'],
] as const)('guided mode is seen in the title: %s', async (language, title) => {
	const screen = await running({state: {language}});
	expect(screen.text()).not.toContain(title);
	await screen.press('g');
	expect(screen.text()).toContain(title);
	screen.backend.ask(askedCorosync);
	await screen.settle();
	expect(screen.text()).toContain(title);
});

test.each(Object.entries(scenes))('in Spanish one key has one name: %s', async (_, scene) => {
	const screen = untilTestEnds(await scene({state: {language: 'es'}}));
	expect(screen.text()).not.toMatch(/\b(?:Enter|PgUp|PgDn)\b/);
	await screen.press('?');
	expect(screen.text()).not.toMatch(/\b(?:Enter|PgUp|PgDn)\b/);
});

test.each([0, 1])('after the build has ended (%i) the keys are those that do something', async code => {
	const screen = await opened();
	await ended(screen, code);
	const bar = screen.text().split('\n').at(-1);
	expect(bar).toContain('Ctrl-C quit');
	expect(bar).toContain('Esc back');
	expect(bar).toContain('Enter go on');
	await screen.press('g');
	expect(screen.store.get().isGuided).toBe(false);
	await screen.press(keys.escape);
	expect(screen.text()).toContain('· Welcome');
});

test('Esc closes a message first, and says so', async () => {
	const screen = await opened({backend: builtBackend()});
	screen.wizard.navigation.go('dashboard');
	await screen.settle();
	screen.store.set({notice: 'Something was said.'});
	await screen.settle();
	expect(screen.text()).toContain('Esc close');
	await screen.press(keys.escape);
	expect(screen.text()).toContain('· Dashboard');
	expect(screen.text()).not.toContain('Something was said.');
	expect(screen.text()).toContain('Esc back');
	await screen.press(keys.escape);
	expect(screen.text()).toContain('· Welcome');
});

test('Esc closes what a command has left on the dashboard first', async () => {
	const screen = await opened({backend: builtBackend()});
	screen.wizard.navigation.go('dashboard');
	await screen.settle();
	screen.wizard.work.start('start');
	await screen.backend.end(0);
	await screen.settle();
	expect(screen.text()).toContain('Esc close');
	await screen.press(keys.escape);
	expect(screen.text()).toContain('· Dashboard');
	expect(screen.store.get().job).toBeUndefined();
	await screen.press(keys.escape);
	expect(screen.text()).toContain('· Welcome');
});

test('the row of the language shows the one in force', async () => {
	const backend = new FakeBackend();
	backend.proposal = {...thesisDefaults, language: 'es'};
	const screen = await opened({backend, state: {language: 'es'}});
	screen.wizard.navigation.go('answers');
	await screen.settle();
	expect(screen.text()).toMatch(/language +es /);
});

test('a public range is warned of where the answers are chosen', async () => {
	const screen = await opened({
		backend: new FakeBackend(testOverview({warnings: [planMessages.publicRange('internal', '8.8.8.0/24')]})),
		state: {language: 'es'},
	});
	screen.wizard.navigation.go('answers');
	await screen.settle();
	expect(screen.text()).toContain('AVISO: 8.8.8.0/24 (networks.internal.cidr) es un rango público');
});

test('groups that the user is in already are not joined again', () => {
	const plan = makePlan({...testCluster({host: {external: 'nat'}}, {sandbox: false}), user: 'ana'}, steps);
	expect(groupsToJoin(plan, () => ['ana'])).toEqual({user: 'ana', groups: ['kvm', 'libvirt']});
	expect(groupsToJoin(plan, () => ['ana', 'kvm'])).toEqual({user: 'ana', groups: ['libvirt']});
	expect(groupsToJoin(plan, () => ['ana', 'kvm', 'libvirt'])).toBeUndefined();
	expect(groupsToJoin(makePlan(testCluster(), steps), () => [])).toBeUndefined();
});

test('the removal ends with what was removed and what stays, in the words of down', async () => {
	const screen = await opened({
		backend: builtBackend({
			owned: [{kind: 'sandbox', name: '/s', stays: false}],
			keeps: [both('reports /r', 'informes /r')],
		}),
	});
	screen.wizard.navigation.go('removal');
	await screen.settle();
	expect(screen.text()).toMatch(/This stays:\n +reports \/r/);
	await screen.press('w', 'e', 'b', keys.enter);
	for (const line of [
		'removed sandbox /s',
		'Everything in the list is gone.',
		'This stays:',
		'  packages qemu-utils siege',
	]) {
		screen.backend.say(line);
	}

	await screen.backend.end(0);
	await screen.settle();
	expect(screen.text()).toContain('removed sandbox /s');
	expect(screen.text()).toContain('packages qemu-utils siege');
	expect(screen.text()).not.toContain('Everything that was created is gone');
});

test('a unit is for a node, a role, or all', () => {
	expect(subjectOf({})).toEqual({});
	expect(subjectOf({role: 'web'})).toEqual({subject: 'web'});
});

test.each([
	['en', 'file', '(in the sandbox)'],
	['es', 'fichero', '(en el entorno aislado)'],
] as const)("the list of a removal says which files are not this computer's (%s)", async (language, file, inside) => {
	const screen = await opened({
		columns: 120,
		backend: builtBackend({
			owned: [
				{kind: 'file', name: '/images/MASTER.img', stays: false, isInside: true},
				{kind: 'file', name: '/images/NFS.img', stays: false, isInside: false},
			],
		}),
		state: {language},
	});
	screen.wizard.navigation.go('removal');
	await screen.settle();
	expect(screen.text()).toContain(`${file} /images/MASTER.img ${inside}\n`);
	expect(screen.text()).toContain(`${file} /images/NFS.img\n`);
});
