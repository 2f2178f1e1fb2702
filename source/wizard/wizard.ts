import {chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {hostDefaults} from '../answers/host-defaults.ts';
import {contentCheck} from '../content/check.ts';
import {UserError} from '../user-error.ts';
import {programCommand} from '../executable.ts';
import type {Language} from '../languages/text.ts';
import {readMeasurements} from '../measure/measurements-file.ts';
import {libraryMessages} from '../messages/library.ts';
import {sessionMessages} from '../session/messages.ts';
import {invokingUser} from '../state/owner.ts';
import {openPreferences} from '../state/preferences.ts';
import {UserFileError, writeNewAsUser} from '../state/user-files.ts';
import {libvirtUri} from '../targets/libvirt.ts';
import {watchMachines} from '../targets/libvirt-watch.ts';
import {findSandbox} from '../targets/sandbox.ts';
import {chapterText} from '../session/chapter.ts';
import {openBrowser} from '../session/browser.ts';
import {readGivenAnswers} from '../session/answers-option.ts';
import {languageFor, languageInAnswers} from '../session/language.ts';
import type {CommonOptions} from '../command-line/options.ts';
import {beginState, openSession, type Session} from '../session/session.ts';
import {AnswersDraft} from './answers.ts';
import type {Backend, Job, JobHandlers, MachineSource} from './backend.ts';
import {checkHost} from './checks.ts';
import {startJob} from './job.ts';
import {logEntries} from './logs.ts';
import {overviewOf, workDurations} from './overview.ts';
import {watchRequests, watchStatus, type StartLook} from './looks.ts';

/**
 * Shell text that sets `pager` and the options of less by its environment variable, which other pagers ignore.
 * The logs are UTF-8, in any locale. `$1` is less's prompt, without characters that are special there (less(1), PROMPTS); `+G` opens it at the last line.
 */
const pager = (command = '') =>
	`pager=\${PAGER:-less}; command -v "$pager" >/dev/null || pager=more; export LESS="-Ps$1\\$${command} \${LESS-}" LESSCHARSET="\${LESSCHARSET:-utf-8}"; shift`;

/** Connects the screens to the program: reads state in this process, and runs commands in their own processes. */
export function openBackend(given: CommonOptions): Backend & {close: () => void} {
	const owner = invokingUser();
	const preferences = openPreferences(owner);
	const inAnswers = languageInAnswers(given);
	let options: CommonOptions = {...given, language: languageFor(given)};
	let session: Session | undefined;
	let draft: AnswersDraft | undefined;
	let folder: string | undefined;
	const chapters = new Map<string, string | undefined>();

	const open = async () => {
		session = await openSession(options, {save: false});
		chapters.clear();
		return session;
	};

	const current = async () => session ?? open();
	const leaving = () => libraryMessages.leaving[options.language as Language];
	const proposal = ({facts, cluster}: Session) => ({
		...hostDefaults(facts, cluster.sandbox),
		language: options.language as Language,
	});
	const draftOf = (from: Session) => (draft ??= new AnswersDraft(...textOf(options, from), contentCheck(owner)));
	const stateWords = () =>
		session ? ['--state-dir', session.state.path, ...(options.cacheDir ? ['--cache-dir', options.cacheDir] : [])] : [];
	const words = (command: string) => [
		...stateWords(),
		...(options.answers ? ['--answers', options.answers] : []),
		...(options.sandbox && !session?.state.holdsCluster ? ['--sandbox'] : []),
		'--language',
		options.language!,
		...(['up', 'plan', 'verify', 'bench', 'move', 'stop', 'start', 'open'].includes(command) ? ['--json'] : []),
		...(command === 'up' ? ['--yes'] : []),
	];
	const start = (command: string, more: readonly string[], handlers: JobHandlers): Job =>
		startJob([command, ...words(command), ...more], handlers);

	// Not detached: Ctrl-Z stops these commands together with the wizard.
	const look =
		(command: string, ...more: readonly string[]): StartLook =>
		onText =>
			startJob([command, ...words(command), '--json', ...more], {onEvent() {}, onQuestion() {}, onText}, false);

	return {
		async overview() {
			const opened = await open();
			// An overview alone must not create files for a cluster that does not exist.
			if (opened.state.holdsCluster) {
				const {durations = {}} = preferences.get();
				const work = workDurations(opened.journal.entries);
				preferences.set({
					cluster: opened.state.path,
					...(work.length > 0 && {durations: {...durations, ...Object.fromEntries(work)}}),
				});
			}

			return overviewOf(opened);
		},
		choosePlace(sandbox) {
			options = {...options, sandbox};
		},
		chooseLanguage(language) {
			options = {...options, language};
			preferences.set({language});
		},
		async fields() {
			const opened = await current();
			return draftOf(opened).fields(opened.facts, proposal(opened));
		},
		async problemWith(path, value) {
			const opened = await current();
			return draftOf(opened).problemWith(path, value, proposal(opened));
		},
		async change(path, value) {
			draftOf(await current()).change(path, value);
			// From now on the draft serves as the answers file, until the plan is accepted.
			if (!folder) {
				folder = mkdtempSync(join(tmpdir(), 'cluster-wizard-answers-'));
				// Commands read the file with the user's rights.
				chmodSync(folder, 0o755);
			}

			const file = join(folder, 'answers.yaml');
			writeFileSync(file, draft!.text, {mode: 0o644});
			options = {...options, answers: file};
		},
		async saveAnswers(file) {
			const opened = await current();
			const path = resolve(file);
			// Existing files are not overwritten.
			const text = draftOf(opened).file(proposal(opened), options.language as Language);
			try {
				writeNewAsUser(owner, path, text);
			} catch (error) {
				throw error instanceof UserFileError
					? new UserError(
							'file-not-written',
							sessionMessages.cannotWrite(path, owner.name, error)[options.language as Language],
						)
					: error;
			}

			return path;
		},
		async keepAnswers() {
			const opened = await open();
			if (folder) {
				beginState(opened);
				opened.state.write('answers.yaml', draft!.text);
				options = {...options, answers: undefined, stateDir: opened.state.path};
				forget();
			}
		},
		async checkHost(onCheck, signal) {
			await checkHost(await open(), onCheck, signal);
		},
		start,
		watchStatus: (onRows, onFailed) => watchStatus(look('status', '--watch'), onRows, onFailed),
		watchRequests: onRequest => watchRequests(look('probe', '--interval', '1000'), onRequest),
		measurements: () => readMeasurements(session!.state).measurements,
		watchMachines(onStates) {
			const uri = () => {
				if (!session?.cluster.sandbox) {
					return libvirtUri();
				}

				const sandbox = existsSync(session.state.file('sandbox', 'control'))
					? findSandbox(session.state.path)
					: undefined;
				return sandbox && libvirtUri(sandbox.pid);
			};

			return watchMachines(uri, ({source, states}) => {
				onStates({source: source as MachineSource, states});
			});
		},
		logs: () => logEntries(session!.state),
		// When Node exits, it restores the modes of every terminal among its standard streams, but less needs its own modes:
		// give Node no terminal.
		journalWords: node => [
			'sh',
			'-c',
			`${pager('+G\\$')}; "$@" </dev/null 2>&1 | exec $pager`,
			'journal',
			leaving(),
			...programCommand(['exec', ...stateWords(), node, '--', 'journalctl', '--boot', '--no-pager', '--lines', '2000']),
		],
		browse(url) {
			if (process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) {
				openBrowser(url, owner);
			}
		},
		shellWords: node => programCommand(['ssh', ...stateWords(), node]),
		pagerWords: file => ['sh', '-c', `${pager()}; exec $pager "$1"`, 'pager', leaving(), file],
		logFile: (run, unit) => session!.state.file('logs', run, `${unit.replaceAll(':', '-')}.log`),
		chapter(step, language) {
			const name = `${step} ${language}`;
			if (!chapters.has(name)) {
				chapters.set(name, chapterText(step, session!.cluster, language));
			}

			return chapters.get(name);
		},
		remembered: () => ({...preferences.get(), ...(inAnswers && {language: inAnswers})}),
		remember(change) {
			preferences.set(change);
		},
		close: forget,
	};

	function forget(): void {
		if (folder) {
			const made = folder;
			folder = undefined;
			rmSync(made, {recursive: true, force: true});
		}
	}
}

/** Text of the answers with which a session was opened, and the folder to which relative paths refer. */
function textOf({answers, language}: CommonOptions, {state}: Session): [text: string, folder: string] {
	if (answers !== undefined) {
		const {text, folder} = readGivenAnswers(answers, invokingUser(), language as Language);
		return [text, folder];
	}

	return [state.read('answers.yaml') ?? '', process.cwd()];
}
