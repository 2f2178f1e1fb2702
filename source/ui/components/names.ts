import {joined, verbatim, type Text} from '../../languages/text.ts';
import {placeText} from '../../engine/resource-names.ts';
import {roles} from '../../roles/index.ts';
import type {UnitOverview} from '../../wizard/backend.ts';
import type {State} from '../state/store.ts';

type Known = Pick<State, 'overview' | 'language'>;

/** A chapter's title, or the step's id if the plan has no such step. */
export function chapterTitle({overview, language}: Known, step: string): string {
	return overview?.units.find(unit => unit.step === step)?.title[language] ?? step;
}

/** A chapter's short name, for headings, or the step's id if the plan has no such step. */
export function chapterName({overview, language}: Known, step: string): string {
	return overview?.units.find(unit => unit.step === step)?.name[language] ?? step;
}

/** `RAID · nas`: a unit's chapter and the node or role it is for. (`--only` and the events use the unit's id.) */
export function unitName({overview, language}: Known, id: string): string {
	const unit = overview?.units.find(unit => unit.id === id);
	return unit === undefined ? id : unitText(unit)[language];
}

function unitText({name, subject}: Pick<UnitOverview, 'name' | 'subject'>): Text {
	return subject === undefined
		? name
		: joined([name, roles.find(({id}) => id === subject)?.label ?? verbatim(subject)], ' · ');
}

/** Display name of a place in the plan: a node's name, this computer, or the sandbox. */
export function placeName({overview, language}: Known, place: string): string {
	return placeText(place, overview?.sandbox ?? false)[language];
}
