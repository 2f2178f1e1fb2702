import {refusedChanges, type RefusedChange} from '../cluster/compare.ts';
import {inventorySchema, type Inventory} from '../cluster/inventory.ts';
import {UserError} from '../user-error.ts';
import {isCached} from '../engine/resource.ts';
import {sessionMessages} from './messages.ts';
import {parseJson} from '../text/json.ts';
import {problemOf} from '../text/problem.ts';
import {hangingLines} from '../text/hanging.ts';
import {takesText} from './beginning.ts';
import {confirm, type ConfirmOptions} from './confirm.ts';
import {isInside} from './inside.ts';
import {joiningOf} from './joining-groups.ts';
import {leavingNodes} from './leaving-nodes.ts';
import {selectUnits} from './runner.ts';
import {scaledAnswers, type ScaledAnswer} from './scaled-answers.ts';
import type {Session} from './session.ts';

/** Options of `up` that leave parts of the plan out. */
export interface Selection {
	readonly until?: string;
	readonly only?: string;
}

/** Name of the file with the cluster as it was built last. */
export const inventoryFile = 'inventory.json';

/** Effects of new answers on the cluster that exists. `up` refuses and asks exactly these, and `plan` lists them. */
export interface AnswerChanges {
	/** As long as there is one, nothing is done. */
	readonly refused: readonly RefusedChange[];
	/** Names of nodes that are removed with their disks. */
	readonly leaving: readonly string[];
	/** Changed answers that count as other values, because the machines are emulated. */
	readonly scaled: readonly ScaledAnswer[];
	/** Questions that `up` asks before it does anything, in order. */
	readonly questions: ReadonlyArray<{readonly about: string} & Pick<ConfirmOptions, 'name'>>;
}

/** Compares the answers with the cluster as it was built last. Touches nothing. */
export function answerChanges(session: Session, selection: Selection): AnswerChanges {
	const saved = readInventory(session);
	const isBuilt = !isInside() && saved !== undefined && session.journal.owned().some(resource => !isCached(resource));
	const refused = isBuilt ? refusedChanges(saved, session.cluster) : [];
	const leaving = isBuilt && isWhole(selection) ? leavingNodes(session) : [];
	const {cluster, language} = session;
	const asksToRemove = leaving.length > 0 ? [{about: sessionMessages.willRemoveNodes(leaving)[language], name: cluster.name}] : [];
	return {refused, leaving, scaled: isBuilt ? scaledAnswers(session, saved) : [], questions: [...beginning(session), ...asksToRemove]};
}

/** Sentences on all refused changes. */
export function refusal(refused: readonly RefusedChange[], {language}: Session): UserError {
	return new UserError([...refused.map(({reason}) => reason[language]), sessionMessages.changeRefused[language]].join('\n'), 2);
}

/** Before anything is made or installed for the first time, the user says yes to it. Going on needs no question. */
export async function acceptBeginning(session: Session, {yes, ...selection}: Selection & {yes?: boolean}): Promise<void> {
	const only = selectUnits(session.plan, selection);
	for (const {about} of beginning(session)) {
		process.stderr.write(`${hangingLines(about, process.stderr)}\n${takesText(session, session.plan.filter(({id}) => only?.has(id) ?? true))}\n`);
		await confirm({yes, language: session.language});
	}
}

/**
 * New answers for a cluster that exists: the removal of machines that are no longer wanted is asked for.
 * @throws UserError if a change is refused, or the user declines
 */
export async function acceptChanges(session: Session, {yes, ...selection}: Selection & {yes?: boolean}): Promise<void> {
	const {refused, questions} = answerChanges(session, selection);
	if (refused.length > 0) {
		throw refusal(refused, session);
	}

	for (const {about, name} of questions.filter(({name}) => name !== undefined)) {
		process.stderr.write(`${hangingLines(about, process.stderr)}\n`);
		await confirm({yes, language: session.language, name});
	}
}

/** @throws UserError if an option names a step that the plan does not have */
export function checkSteps({plan, language}: Session, {until, only}: Selection): void {
	const ids = [...new Set(plan.flatMap(({id, step}) => [id, step.id]))];
	for (const wanted of [until, only]) {
		if (wanted !== undefined && !ids.includes(wanted)) {
			throw new UserError(sessionMessages.unknownStep(wanted, [...new Set(plan.map(({step}) => step.id))])[language], 2);
		}
	}
}

/** Whether nothing of the plan is left out. */
export function isWhole({until, only}: Selection): boolean {
	return until === undefined && only === undefined;
}

function beginning({journal, cluster, language, plan}: Session): Array<{about: string}> {
	if (isInside() || journal.entries.length > 0) {
		return [];
	}

	const {name, nodes, sandbox} = cluster;
	const joining = joiningOf(plan);
	return [{about: [
		sessionMessages.willBuild(name, nodes.map(({vm}) => vm), sandbox)[language],
		...(joining ? [sessionMessages.joinsGroups(joining)[language]] : []),
	].join('\n')}];
}

/**
 * The cluster as it was built last; undefined before the first build.
 * @throws UserError if the file is damaged: changes of the answers could not be seen
 */
function readInventory({state, language}: Session): Inventory | undefined {
	const text = state.read(inventoryFile);
	try {
		return text === undefined ? undefined : inventorySchema.parse(parseJson(text));
	} catch (error) {
		throw new UserError(sessionMessages.stateBroken(state.file(inventoryFile), problemOf(error))[language], 2);
	}
}
