import {Command, Option} from 'commander';
import {closestWord} from './text/did-you-mean.ts';
import {importCallerEnvironment} from './session/sudo-caller.ts';
import {exitFor} from './program-exit.ts';
import {asksForHelp, endHelp, translateHelp, type HelpList, type HelpLists} from './command-line/help.ts';
import {adoptInvocation} from './command-line/invocation.ts';
import {watchOutput} from './command-line/output-failure.ts';
import {becomeRoot} from './session/root.ts';
import {languageOf, type CommonOptions} from './command-line/options.ts';
import {stopController} from './command-line/stop-signal.ts';
import type {ErrorCode} from './error-codes.ts';
import {UserError} from './user-error.ts';
import {isExecutable} from './executable.ts';
import {languages} from './languages/languages.ts';
import type {Language, Text} from './languages/text.ts';
import {commandFirst} from './command-line/command-first.ts';
import {cliMessages} from './command-line/command-line-messages.ts';
import {helpMessages} from './command-line/help-messages.ts';
import {errorReason} from './languages/system-errors.ts';
import {usageMessages} from './command-line/usage-messages.ts';
import {unsafeProgramPath} from './trusted-program.ts';
import {cleanLine} from './text/clean.ts';
import {version} from './version.ts';
import {stateMessages} from './state/messages.ts';

// Must run before anything reads the environment.
importCallerEnvironment();
adoptInvocation();

const language = languageFromArguments(process.argv);
const say = (text: Text) => text[language];
const stop = stopController();
const {signal} = stop;
const isOutputLost = watchOutput(
	() => {
		stop.abort();
	},
	error => {
		process.stderr.write(`${say(cliMessages.outputLost(errorReason(error)))}\n`);
	},
);
/** Options of the command, for commands quoted in messages. */
let given: CommonOptions = {};

process.exitCode = await main();
process.once('exit', code => {
	process.exitCode = isOutputLost() ? code || 1 : code;
});

async function main(): Promise<number> {
	let code = 0;
	if (!hasWorkingFolder()) {
		process.stderr.write(`${say(cliMessages.noWorkingFolder)}\n`);
		return 2;
	}

	const unsafe = process.getuid?.() === 0 ? unsafeProgramPath() : undefined;
	if (unsafe !== undefined) {
		process.stderr.write(`${say(stateMessages.programUnsafe(unsafe))}\n`);
		return 2;
	}

	const lists = asksForHelp(process.argv.slice(2))
		? (await import('./command-line/help-lists.ts')).helpLists
		: undefined;
	const program = makeProgram(result => {
		code = result;
	}, lists);
	try {
		await program.parseAsync(commandFirst(process.argv.slice(2), program.commands), {from: 'user'});
		return code;
	} catch (error) {
		const ending = await exitFor(error, given, language);
		if (!ending) {
			throw error;
		}

		if (ending.text !== undefined) {
			const {wrapLines} = await import('./text/wrap.ts');
			process.stderr.write(`${wrapLines(ending.text, process.stderr)}\n`);
			if (ending.error !== undefined && wantsEvents(ending.error)) {
				const {printEvent} = await import('./planning/json-event.ts');
				printEvent({type: 'error', code: ending.error, exitCode: ending.code, message: ending.text});
			}
		}

		return ending.code;
	}
}

function makeProgram(end: (code: number) => void, lists?: HelpLists): Command {
	const program = new Command('cluster-wizard')
		.description(say(cliMessages.description))
		.enablePositionalOptions()
		.exitOverride()
		.configureOutput({
			// Errors are printed once, in the user's language, where they are caught.
			outputError() {},
		});
	translateHelp(program, version, language);
	endHelp(program, language);
	/** Adds a command with the common options. `asRoot`: the whole program first runs itself again through sudo. */
	const command = (
		name: string,
		description: Text,
		{
			asRoot = true,
			isDefault = false,
			names,
			list,
		}: {asRoot?: boolean; isDefault?: boolean; names?: Text; list?: HelpList} = {},
	) => {
		const made = program
			.command(name, {isDefault})
			.description(say(description))
			.allowExcessArguments()
			.exitOverride(error => {
				throw Object.assign(error, {usage: `${name} ${made.usage()}`});
			});
		endHelp(made, language, names, list);
		made
			.option('--answers <file>', say(cliMessages.answers))
			.option('--state-dir <dir>', say(cliMessages.stateDir))
			.option('--cache-dir <dir>', say(cliMessages.cacheDir))
			.option('--sandbox', say(cliMessages.sandboxOption))
			.option('--json', say(cliMessages.json))
			.addOption(new Option('--language <language>', say(cliMessages.language)).choices(languages))
			.option('--no-color', say(cliMessages.noColor));
		return {
			made,
			run(work: (options: CommonOptions & Record<string, string>, ...words: string[]) => Promise<number>) {
				made.action(async (...all: unknown[]) => {
					const words = all.slice(0, -2) as string[];
					given = made.opts();
					checkValues(made.opts());
					refuseExcess(made);
					const code = asRoot
						? await becomeRoot(async () => (await import('./session/language.ts')).languageFor(given))
						: undefined;
					if (code === undefined && isExecutable) {
						(await import('./state/unpack-scripts.ts')).unpackScripts(language);
					}

					end(code ?? (await work(made.opts(), ...words)));
				});
			},
		};
	};

	/** Adds the options for the amount of output. */
	const amount = (made: Command) =>
		made
			.addOption(new Option('--quiet', say(cliMessages.quiet)).conflicts('verbose'))
			.option('--verbose', say(cliMessages.verbose));

	const wizard = command('wizard', cliMessages.wizard, {asRoot: false, isDefault: true});
	// A word that is no command comes here.
	wizard.made.argument('[words...]').usage('[options]');
	wizard.run(async (options, words) => {
		const [word] = words as unknown as string[];
		if (word !== undefined) {
			const names = program.commands.map(made => made.name());
			throw new UserError('unknown-command', say(usageMessages.unknownCommand(word, names, closestWord(word, names))));
		}

		return (await import('./ui/open-wizard.tsx')).openWizard(options, signal);
	});

	const up = command('up', cliMessages.up, {names: helpMessages.steps, list: lists?.stepList()});
	up.made
		.option('--yes', say(cliMessages.yes))
		.option('--until <step>', say(cliMessages.until))
		.option('--only <step>', say(cliMessages.only));
	amount(up.made);
	up.run(async options => (await import('./commands/up.ts')).up(options, signal));

	const plan = command('plan', cliMessages.plan);
	plan.made
		.option('--until <step>', say(cliMessages.until))
		.option('--only <step>', say(cliMessages.only))
		.option('--detailed-exitcode', say(cliMessages.detailedExitcode));
	plan.run(async options => (await import('./commands/plan.ts')).plan(options, signal));

	const status = command('status', cliMessages.status);
	status.made
		.option('--watch', say(cliMessages.watch))
		.addOption(new Option('--check', say(cliMessages.check)).conflicts(['watch', 'json', 'prometheus']))
		.addOption(new Option('--prometheus', say(cliMessages.prometheus)).conflicts(['watch', 'json']))
		.addHelpText('after', `\n${say(cliMessages.statusCodes)}`);
	status.run(async options => (await import('./commands/status.ts')).status(options, signal));

	const verify = command('verify', cliMessages.verify, {names: helpMessages.tests, list: lists?.testList()});
	verify.made
		.option('--test <id>', say(cliMessages.test))
		.option('--repeat <n>', say(cliMessages.repeatTest))
		.option('--yes', say(cliMessages.yes));
	amount(verify.made);
	verify.run(async options => (await import('./commands/verify.ts')).verify(options, signal));

	const probe = command('probe', cliMessages.probe);
	probe.made
		.option('--interval <ms>', say(cliMessages.interval))
		.option('--for <seconds>', say(cliMessages.for))
		.option('--keep-alive', say(cliMessages.keepAlive))
		.option('--download <path>', say(cliMessages.download))
		.addHelpText('after', `\n${say(cliMessages.probeCodes)}`);
	probe.run(async options => (await import('./commands/probe.ts')).probe(options, signal));

	const bench = command('bench', cliMessages.bench);
	bench.made
		.option('--requests <n>', say(cliMessages.requests))
		.option('--repeat <n>', say(cliMessages.repeat))
		.option('--tool <tool>', say(cliMessages.tool))
		.option('--servers <list>', say(cliMessages.servers))
		.option('--yes', say(cliMessages.yes));
	amount(bench.made);
	bench.run(async options => (await import('./commands/bench.ts')).bench(options, signal));

	const exec = command('exec', cliMessages.exec);
	// Everything after the node belongs to the command.
	exec.made
		.argument('<node>', say(cliMessages.node))
		.argument('<command...>', say(cliMessages.command))
		.passThroughOptions();
	exec.run(async (options, node, words) =>
		(await import('./commands/exec.ts')).exec(options, node!, words as unknown as string[]),
	);

	const ssh = command('ssh', cliMessages.ssh);
	ssh.made.argument('<node>', say(cliMessages.node));
	ssh.run(async (options, node) => (await import('./commands/exec.ts')).ssh(options, node!));

	const open = command('open', cliMessages.open);
	open.made.option('--port <port>', say(cliMessages.port));
	open.run(async options => (await import('./commands/open.ts')).open(options, signal));

	const stopping = command('stop', cliMessages.stop);
	stopping.made.option('--yes', say(cliMessages.yes));
	amount(stopping.made);
	stopping.run(async options => (await import('./commands/stop.ts')).stop(options, signal));

	const starting = command('start', cliMessages.start);
	amount(starting.made);
	starting.run(async options => (await import('./commands/start.ts')).start(options, signal));

	const down = command('down', cliMessages.down);
	down.made.option('--yes', say(cliMessages.yes)).option('--purge', say(cliMessages.purge));
	down.run(async options => (await import('./commands/down.ts')).down(options, signal));

	const move = command('move', cliMessages.move);
	move.made.argument('<director>', say(cliMessages.director)).option('--yes', say(cliMessages.yes));
	move.run(async (options, director) => (await import('./commands/move.ts')).move(options, director!, signal));

	command('support', cliMessages.support).run(async options =>
		(await import('./commands/support.ts')).support(options, signal),
	);

	command('report', cliMessages.report).run(async options => (await import('./commands/report.ts')).report(options));

	command('script', cliMessages.script).run(async options => (await import('./commands/script.ts')).script(options));

	const sandbox = command('sandbox', cliMessages.sandbox);
	sandbox.made.addArgument(sandbox.made.createArgument('<action>').choices(['start', 'stop', 'status']));
	sandbox.run(async (options, action) => (await import('./session/sandbox.ts')).sandbox(options, action as 'start'));
	return program;
}

/** Whether `--json` was given. A command line with an error in it has no options. */
function wantsEvents(error: ErrorCode): boolean {
	return given.json ?? (error === 'usage' && process.argv.includes('--json'));
}

/** Whether the working directory exists: relative paths depend on it, and so does Node. */
function hasWorkingFolder(): boolean {
	try {
		return process.cwd() !== '';
	} catch {
		return false;
	}
}

/**
 * Rejects empty values and control characters: option values appear in many messages and commands, and are saved to
 * files.
 */
function checkValues(options: Readonly<Record<string, unknown>>): void {
	for (const [name, value] of Object.entries(options)) {
		const option = `--${name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
		if (typeof value === 'string' && cleanLine(value) !== value) {
			throw new UserError('option-value', say(usageMessages.controlCharacter(option)));
		}

		// An empty path would mean the working directory.
		if (value === '') {
			throw new UserError('option-value', say(usageMessages.emptyValue(option)));
		}
	}
}

/** Commander only counts the arguments; the user is told which one is too many. */
function refuseExcess(made: Command): void {
	const {args, registeredArguments} = made;
	const extra = registeredArguments.some(({variadic}) => variadic) ? undefined : args[registeredArguments.length];
	if (extra !== undefined) {
		throw new UserError('usage', say(usageMessages.excess(made.name(), cleanLine(extra))));
	}
}

/** Known before the options are parsed, because the help itself is in that language. */
function languageFromArguments(words: readonly string[]): Language {
	const index = words.indexOf('--language');
	return languageOf({language: index === -1 ? undefined : words[index + 1]});
}
