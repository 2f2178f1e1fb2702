import {existsSync, readdirSync, realpathSync, renameSync, truncateSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {down} from '../../source/commands/down.ts';
import {plan} from '../../source/commands/plan.ts';
import {script} from '../../source/commands/script.ts';
import {beginState, openSession} from '../../source/session/session.ts';
import {isSiteNew, packSite} from '../../source/planning/site.ts';
import {status} from '../../source/commands/status.ts';
import {up} from '../../source/commands/up.ts';
import {UserError} from '../../source/user-error.ts';
import {plant, temporaryFolder} from '../content/trees.ts';

const {signal} = new AbortController();

/** A folder with a site and an answers file that names it by a relative path. */
function prepared(answers = 'web: {content: ./site}\n') {
	const folder = realpathSync(temporaryFolder());
	plant({'home.html': 'x', '.git/config': '', 'a~': ''}, join(folder, 'site'));
	const file = join(folder, 'cluster.yaml');
	writeFileSync(file, answers);
	return {
		folder,
		site: join(folder, 'site'),
		options: {
			answers: file,
			stateDir: join(folder, 'state'),
			cacheDir: join(folder, 'cache'),
			sandbox: true,
			language: 'en',
		},
	};
}

/** A cluster that was begun with these pages: its answers are saved and the pages are packed. */
async function begun() {
	const given = prepared();
	const session = await openSession(given.options, {save: false, readsSite: true});
	beginState(session);
	session.journal.append({type: 'run-started', run: 'r1', command: 'cluster-wizard up', version: '0', pid: 1});
	await packSite(session, signal);
	const saved = await openSession(given.options, {save: true});
	return {...given, session: saved, options: {stateDir: given.options.stateDir, language: 'en'}};
}

async function run(command: () => Promise<number>): Promise<{end: number; said: string}> {
	const said: string[] = [];
	const spies = [process.stdout, process.stderr].map(stream =>
		vi.spyOn(stream, 'write').mockImplementation(text => {
			said.push(String(text));
			return true;
		}),
	);
	onTestFinished(() => {
		vi.restoreAllMocks();
	});
	try {
		return {end: await command(), said: said.join('')};
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}

		return {end: error.exitCode, said: `${said.join('')}${error.message}`};
	} finally {
		for (const spy of spies) {
			spy.mockRestore();
		}
	}
}

describe('before anything is published', () => {
	test.each([
		['up', up],
		['plan', plan],
	] as const)('%s says what is left out, and that there is no index page', async (_, command) => {
		const {options, folder, site} = prepared();
		const {said} = await run(async () => command(options, signal));
		expect(said).toContain(
			`Web content: ${site}, 1 file; on the array it takes 4.0 KiB.\nThere is no index.php or index.html`,
		);
		expect(said).toContain(
			'Left out (2):\n  1 × hidden (its name begins with a dot)\n  1 × backup or editor file\n    .git: hidden (its name begins with a dot)\n    a~: backup or editor file\n',
		);
		expect(readdirSync(folder)).toEqual(['cluster.yaml', 'site']);
	});

	test('up says it before it asks, and nobody can be asked here', async () => {
		const {options} = prepared();
		const {end, said} = await run(async () => up(options, signal));
		expect(end).toBe(2);
		expect(said.indexOf('Left out')).toBeLessThan(said.indexOf('will be built'));
		expect(said).toContain('Nobody can be asked here');
	});

	test.each([
		['up', up],
		['plan', plan],
	] as const)('%s ends with exit 2 and one sentence where the folder is missing', async (_, command) => {
		const {options, folder} = prepared('web: {content: ./nowhere}\n');
		expect(await run(async () => command(options, signal))).toEqual({
			end: 2,
			said: `${folder}/cluster.yaml:1:16: web.content: there is no folder ${folder}/nowhere.\n${folder}/cluster.yaml: 1 answer must be corrected. Nothing was touched.`,
		});
	});
});

describe('a cluster that was begun', () => {
	test('has its pages in the state directory, once, and its answers name the folder by its whole path', async () => {
		const {session, site, options} = await begun();
		const {content} = session.cluster;
		expect(content).toMatchObject({
			kind: 'own',
			size: 4096,
			archive: expect.stringMatching(new RegExp(`^${session.state.path}/content/[0-9a-f]{64}\\.tar\\.gz$`)),
		});
		expect(readdirSync(session.state.file('content'))).toHaveLength(2);
		const next = await openSession(options, {save: false, readsSite: true});
		expect(next.site?.folder).toBe(site);
		expect(isSiteNew(next)).toBe(false);
		expect(next.cluster.content).toEqual(content);
	});

	test('would change its pages where the folder has changed, and as long as nothing is packed goes on with those it has', async () => {
		const {session, site, options} = await begun();
		writeFileSync(join(site, 'index.html'), '');
		const looking = await openSession(options, {save: false, readsSite: true});
		expect(isSiteNew(looking)).toBe(true);
		expect(looking.cluster.content).not.toEqual(session.cluster.content);
		expect((await openSession(options, {save: false})).cluster.content).toEqual(session.cluster.content);
		await packSite(looking, signal);
		expect((await openSession(options, {save: false})).cluster.content).toEqual(looking.cluster.content);
		expect(readdirSync(session.state.file('content'))).toHaveLength(2);
	});

	test('is shown, printed and removed without the folder', async () => {
		const {site, options, session, folder} = await begun();
		renameSync(site, join(folder, 'elsewhere'));
		const shown = await run(async () => status(options, signal));
		expect(shown.said).not.toContain(site);
		const printed = await run(async () => script(options));
		expect(printed).toMatchObject({end: 0, said: expect.stringContaining(`< ${session.state.path}/content/`)});
		expect((await run(async () => plan(options, signal))).end).toBe(2);
		expect(session.state.foreign()).toEqual([]);
		expect(await run(async () => down({...options, yes: true}, signal))).toMatchObject({end: 0});
		expect(existsSync(session.state.path)).toBe(false);
		expect(existsSync(dirname(session.state.path))).toBe(true);
	});

	test('may have an archive that is too large to be read whole', async () => {
		const {options, session} = await begun();
		const {content} = session.cluster;
		truncateSync(content.kind === 'own' ? content.archive : '', 2 ** 33);
		expect((await openSession(options, {save: false})).cluster.content).toEqual(content);
		expect(session.state.foreign()).toEqual([]);
		session.state.remove();
		expect(existsSync(session.state.path)).toBe(false);
	});
});
