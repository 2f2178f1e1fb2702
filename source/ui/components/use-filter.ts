import {filterKey} from '../state/filter.ts';
import type {FieldKey} from '../state/text-field.ts';
import {useWizard} from './context.tsx';

/** The current screen's filter: the search text, and `take`, which returns whether a key was for the filter. */
export function useFilter(onChange: (wanted: string) => void = () => {}): {
	wanted: string;
	take: (input: string, key: FieldKey) => boolean;
} {
	const {
		state: {filter},
		wizard: {store},
	} = useWizard();
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
