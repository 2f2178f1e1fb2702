import {filterKey} from '../state/filter.ts';
import type {FieldKey} from '../state/text-field.ts';
import {useWizard} from './context.tsx';

/** The filter of the screen that is shown: what is looked for, and a function that takes the filter's keys. */
export function useFilter(onChange: (wanted: string) => void = () => {}): {wanted: string; take: (input: string, key: FieldKey) => boolean} {
	const {state: {filter}, wizard: {store}} = useWizard();
	return {
		wanted: filter.field.text,
		take(input, key) {
			const before = store.get().filter;
			const next = filterKey(before, input, key);
			if (!next) {
				return false;
			}

			const isOther = next.field.text !== before.field.text;
			store.set({filter: next, ...(isOther && {notice: undefined})});
			if (isOther) {
				onChange(next.field.text);
			}

			return true;
		},
	};
}
