import {refusedChanges, type RefusedChange} from '../cluster/refused-changes.ts';
import {inventorySchema, type Inventory} from '../cluster/inventory.ts';
import {UserError} from '../user-error.ts';
import {isCached} from '../engine/resource.ts';
import {sessionMessages} from '../session/messages.ts';
import {parseJson} from '../text/json.ts';
import {validationMessage} from '../text/validation-message.ts';
import {wrapLines} from '../text/wrap.ts';
import {buildCostText} from './build-cost.ts';
import {confirm, type ConfirmOptions} from '../session/confirm.ts';
import {isRunningInSandbox} from '../session/in-sandbox.ts';
import {groupsToJoin} from './groups-to-join.ts';
import {obsoleteNodes} from './obsolete-nodes.ts';
import {selectUnits} from '../session/runner.ts';
import {scaledAnswers, type ScaledAnswer} from './scaled-answers.ts';
import type {Session} from '../session/session.ts';

/** Options of `up` that exclude parts of the plan. */
export interface Selection {
	readonly until?: string;
	readonly only?: string;
}

/** File that records the cluster as it was last built. */
export const inventoryFile = 'inventory.json';

/** Effects of new answers on an existing cluster. `up` refuses and asks exactly these, and `plan` lists them. */
export interface AnswerChanges {
	/** Refused changes; if there are any, `up` does nothing. */
	readonly refused: readonly RefusedChange[];
	/** Names of nodes that will be removed with their disks. */
	readonly leaving: readonly string[];
	/** Changed answers that are scaled to other values because the VMs are emulated. */
	readonly scaled: readonly ScaledAnswer[];
	/** Questions that `up` asks before it does anything, in order. */
	readonly questions: ReadonlyArray<{readonly about: string} & Pick<ConfirmOptions, 'name'>>;
}

/** Compares the answers with the cluster as it was last built. Changes nothing. */
export function answerChanges(session: Session, selection: Selection): AnswerChanges {
	const saved = readInventory(session);
	const isBuilt =
		!isRunningInSandbox() && saved !== undefined && session.journal.owned().some(resource => !isCached(resource));
	const refused = isBuilt ? refusedChanges(saved, session.cluster) : [];
	const leaving = isBuilt && isWhole(selection) ? obsoleteNodes(session) : [];
	const {cluster, language} = session;
	const asksToRemove =
		leaving.length > 0 ? [{about: sessionMessages.willRemoveNodes(leaving)[language], name: cluster.name}] : [];
	return {
		refused,
		leaving,
		scaled: isBuilt ? scaledAnswers(session, saved) : [],
		questions: [...beginning(session), ...asksToRemove],
	};
}

/** Makes one error that explains all refused changes. */
export function refusal(refused: readonly RefusedChange[], {language}: Session): UserError {
	return new UserError(
		'change-refused',
		[...refused.map(({reason}) => reason[language]), sessionMessages.changeRefused[language]].join('\n'),
	);
}

/**
 * Asks for consent before anything is created or installed for the first time. Resuming needs no consent.
 * @throws UserError if the user declines
 */
export async function confirmFirstBuild(
	session: Session,
	{yes, ...selection}: Selection & {yes?: boolean},
): Promise<void> {
	const only = selectUnits(session.plan, selection);
	for (const {about} of beginning(session)) {
		const takes = buildCostText(
			session,
			session.plan.filter(({id}) => only?.has(id) ?? true),
		);
		process.stderr.write(`${wrapLines(`${about}\n${takes}`, process.stderr)}\n`);
		await confirm({yes, language: session.language});
	}
}

/**
 * Accepts new answers for an existing cluster; asks before it removes VMs that are no longer wanted.
 * @throws UserError if a change is refused, or the user declines
 */
export async function confirmChanges(
	session: Session,
	{yes, ...selection}: Selection & {yes?: boolean},
): Promise<void> {
	const {refused, questions} = answerChanges(session, selection);
	if (refused.length > 0) {
		throw refusal(refused, session);
	}

	for (const {about, name} of questions.filter(({name}) => name !== undefined)) {
		process.stderr.write(`${wrapLines(about, process.stderr)}\n`);
		await confirm({yes, language: session.language, name});
	}
}

/** @throws UserError if an option names a step that the plan does not have */
export function checkSteps({plan, language}: Session, {until, only}: Selection): void {
	const ids = [...new Set(plan.flatMap(({id, step}) => [id, step.id]))];
	for (const wanted of [until, only]) {
		if (wanted !== undefined && !ids.includes(wanted)) {
			throw new UserError(
				'unknown-step',
				sessionMessages.unknownStep(wanted, [...new Set(plan.map(({step}) => step.id))])[language],
			);
		}
	}
}

/** Whether the whole plan is selected. */
export function isWhole({until, only}: Selection): boolean {
	return until === undefined && only === undefined;
}

function beginning({journal, cluster, language, plan}: Session): Array<{about: string}> {
	if (isRunningInSandbox() || journal.entries.length > 0) {
		return [];
	}

	const {name, nodes, sandbox} = cluster;
	const joining = groupsToJoin(plan);
	return [
		{
			about: [
				sessionMessages.willBuild(
					name,
					nodes.map(({vm}) => vm),
					sandbox,
				)[language],
				...(joining ? [sessionMessages.joinsGroups(joining)[language]] : []),
			].join('\n'),
		},
	];
}

/**
 * Reads the cluster as it was last built; undefined before the first build.
 * @throws UserError if the file is damaged, since changes to the answers could not be detected
 */
function readInventory({state, language}: Session): Inventory | undefined {
	const text = state.read(inventoryFile);
	try {
		return text === undefined ? undefined : inventorySchema.parse(parseJson(text));
	} catch (error) {
		throw new UserError(
			'state-damaged',
			sessionMessages.stateBroken(state.file(inventoryFile), validationMessage(error))[language],
		);
	}
}
