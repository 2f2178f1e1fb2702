import {joined, verbatim, type Text} from '../../languages/text.ts';
import {placeText} from '../../engine/resource-names.ts';
import {uiMessages} from '../../messages/screens.ts';
import type {UnitOverview} from '../../commands/wizard-backend.ts';
import type {State} from '../state/store.ts';

type Known = Pick<State, 'overview' | 'language'>;

/** A chapter's title; of a step that the plan does not have, its id. */
export function chapterTitle({overview, language}: Known, step: string): string {
	return overview?.units.find(unit => unit.step === step)?.title[language] ?? step;
}

/** A chapter's name, which is short enough for a heading; of a step that the plan does not have, its id. */
export function chapterName({overview, language}: Known, step: string): string {
	return overview?.units.find(unit => unit.step === step)?.name[language] ?? step;
}

/** `RAID · nas`: a unit's chapter and the node or role that it is for. `--only` and the events know it by its id. */
export function unitName({overview, language}: Known, id: string): string {
	const unit = overview?.units.find(unit => unit.id === id);
	return unit === undefined ? id : unitText(unit)[language];
}

function unitText({name, subject}: Pick<UnitOverview, 'name' | 'subject'>): Text {
	const role = uiMessages.roles[subject as keyof typeof uiMessages.roles];
	return subject === undefined ? name : joined([name, role ?? verbatim(subject)], ' · ');
}

/** A place of the plan as a user calls it: a node by its name, this computer, the sandbox. */
export function placeName({overview, language}: Known, place: string): string {
	return placeText(place, overview?.sandbox ?? false)[language];
}
