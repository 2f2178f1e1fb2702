import {useContext, type ReactNode} from 'react';
import {Text} from 'ink';
import SelectInput from 'ink-select-input';
import {SeenContext, useWizard} from './context.tsx';
import {cut, paint} from './text.ts';

export interface MenuItem {
	readonly label: string;
	readonly run: () => void;
}

interface MenuProps {
	readonly items: readonly MenuItem[];
	readonly columns: number;
	readonly limit?: number;
}

/** A list to choose from with the arrows and Enter. The choice is marked by a sign, not by colour alone. */
export function Menu({items, columns, limit}: MenuProps): ReactNode {
	const {state} = useWizard();
	const isSeen = useContext(SeenContext);
	return (
		<SelectInput
			items={items.map(({label}, index) => ({label: cut(label, columns - 2), value: index, key: String(index)}))}
			limit={limit}
			isFocused={isSeen && state.stopping === 'no'}
			indicatorComponent={Indicator}
			itemComponent={Item}
			onSelect={({value}) => {
				items[value]?.run();
			}}
		/>
	);
}

function Indicator({isSelected = false}: {isSelected?: boolean}): ReactNode {
	return <Text>{isSelected ? '› ' : '  '}</Text>;
}

function Item({isSelected = false, label}: {isSelected?: boolean; label: string}): ReactNode {
	return <Text>{isSelected ? paint.inverse(label) : label}</Text>;
}
