import {usualSeconds} from '../drilling/bench-request.ts';
import type {DrillOverview} from '../drilling/drill-overview.ts';
import {drillNotices, loadNotices, moveNotices, stopNotices} from '../drilling/impact-notices.ts';
import type {NodeOverview} from '../wizard/backend.ts';
import {powerMessages} from '../drilling/power-messages.ts';
import {sessionMessages} from '../session/messages.ts';
import {uiMessages} from '../messages/screens.ts';
import {verificationMessages} from './verification-messages.ts';
import {workMessages} from '../messages/work.ts';
import {formatFor} from '../report/format.ts';
import {definitionOf} from '../roles/index.ts';
import {holderOf, isClusterOn, machineState} from './state/cluster-view.ts';
import {emptyField} from './state/text-field.ts';
import type {Wizard} from './wizard.ts';

const {dashboard: words} = workMessages;

/** Asks for consent, then moves the VIPs and ldirectord to the other director. */
export function askMove(wizard: Wizard): void {
	const state = wizard.store.get();
	const {overview, language} = state;
	const holder = holderOf(state);
	const other = overview?.nodes.find(({role, name}) => role === 'director' && name !== holder)?.name;
	if (!overview || holder === undefined || other === undefined) {
		wizard.store.set({notice: (state.status.asking === undefined ? words.noHolder : words.holderAsked)[language]});
		return;
	}

	ask(wizard, words.moveTitle[language], moveNotices(other, overview.move, language), () => {
		wizard.work.start('move', ['--yes', other]);
	});
}

/** Stops a running node after consent. Starts a stopped one at once, unless the VIPs would move back to it. */
export function askPower(wizard: Wizard, node: NodeOverview): void {
	const state = wizard.store.get();
	const {overview, language} = state;
	const {name, vm, role} = node;
	const isRunning = machineState(state, node) === 'running';
	const seconds = formatFor(language).number(overview?.move.prediction.seconds ?? 0, 1);
	const run = () => {
		void wizard.work.power(name, vm, isRunning ? 'shutdown' : 'start');
	};

	if (isRunning) {
		const cost =
			definitionOf(role).whenStopped?.(name) ??
			(holderOf(state) === name || holderOf(state) === undefined
				? words.stopHolder(name, seconds)
				: words.stopSpare(name));
		ask(wizard, words.stopTitle(name)[language], [cost[language]], run);
	} else if (overview?.move.home === name) {
		ask(wizard, words.startTitle(name)[language], [words.startHome(name, seconds)[language]], run);
	} else {
		run();
	}
}

/** Stops the whole cluster after consent, or starts it at once. */
export function askClusterPower(wizard: Wizard): void {
	const state = wizard.store.get();
	const {overview, language} = state;
	if (!overview) {
		return;
	}

	if (isClusterOn(state)) {
		ask(wizard, powerMessages.stopTitle[language], stopNotices(overview.nodes.length, 'start', language), () => {
			wizard.work.start('stop', ['--yes']);
		});
	} else {
		wizard.work.start('start');
	}
}

/** Runs tests: at once if they are harmless, otherwise after the user has agreed to what clients will notice. */
export function askTests(wizard: Wizard, drills: readonly DrillOverview[], words: readonly string[]): void {
	const {language} = wizard.store.get();
	const lines = drillNotices(drills, language);
	if (lines.length === 0) {
		wizard.work.start('verify', words);
	} else {
		ask(wizard, uiMessages.screens.verification[language], lines, () => {
			wizard.work.start('verify', [...words, '--yes']);
		});
	}
}

/** Runs the benchmarks after the user has agreed to what their load does to clients. */
export function askBench(wizard: Wizard): void {
	const {language, overview} = wizard.store.get();
	if (overview) {
		const webs = overview.nodes.filter(({role}) => role === 'web').length;
		ask(
			wizard,
			verificationMessages.benchmarks[language],
			loadNotices(usualSeconds(overview.acceleration, webs), language),
			() => {
				wizard.navigation.go('verification');
				wizard.work.start('bench', ['--yes']);
			},
		);
	}
}

/** Starts the build. If it removes nodes with their disks, the user must type the cluster's name first. */
export function askBuild(wizard: Wizard): void {
	const {overview, language} = wizard.store.get();
	const run = () => {
		void wizard.build();
	};

	if (!overview || overview.leaving.length === 0) {
		run();
	} else {
		ask(
			wizard,
			uiMessages.screens.plan[language],
			[sessionMessages.willRemoveNodes(overview.leaving)[language]],
			run,
			overview.name,
		);
	}
}

/** Opens the consent screen. It calls `run` if the user types the exact word for yes, or `name` if that is given. */
function ask(wizard: Wizard, title: string, lines: readonly string[], run: () => void, name?: string): void {
	wizard.store.set({
		consent: {title, lines, answer: emptyField, run, ...(name !== undefined && {name})},
		notice: undefined,
	});
}
