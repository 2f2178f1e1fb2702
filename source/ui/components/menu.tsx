import {useContext, useState, type ReactNode} from 'react';
import {Text} from 'ink';
import SelectInput from 'ink-select-input';
import {SeenContext, useKeys, useWizard} from './context.tsx';
import {cut, paint} from './text.ts';

export interface MenuItem {
	readonly label: string;
	readonly run: () => void;
}

interface MenuProps {
	readonly items: readonly MenuItem[];
	readonly columns: number;
	/** Rows; a longer menu scrolls. */
	readonly height?: number;
	/** Whether PageUp, PageDown, Home and End belong to something else on the screen. */
	readonly isBesideText?: boolean;
}

/** The item that was chosen; no label before the first key. The list begins again at `index` when `begun` changes. */
interface Cursor {
	readonly begun: number;
	readonly index: number;
	readonly label?: string | undefined;
}

/**
 * A list to choose from with the arrows and Enter. The choice is marked by a sign, not by colour alone. When the items
 * change, the cursor stays on the item with the same label, or at its place. Only Enter chooses: ink-select-input would
 * also take the digits, and nothing on the screen says which item has which.
 */
export function Menu({items, columns, height, isBesideText = false}: MenuProps): ReactNode {
	const {state} = useWizard();
	const isSeen = useContext(SeenContext);
	const [cursor, setCursor] = useState<Cursor>({begun: 0, index: 0});
	const last = Math.max(0, items.length - 1);
	const limit = height === undefined ? undefined : Math.max(1, height);
	const same = items.findIndex(({label}) => label === cursor.label);
	const jump = (index: number) => {
		setCursor({begun: cursor.begun + 1, index, label: items[index]?.label});
	};

	useKeys((_, key) => {
		if (key.return) {
			items[same === -1 ? Math.min(cursor.index, last) : same]?.run();
		} else if (!isBesideText && (key.home || key.pageUp)) {
			jump(0);
		} else if (!isBesideText && (key.end || key.pageDown)) {
			jump(last);
		}
	});
	return (
		<SelectInput
			// With another number of rows the list begins anew: its cursor would be on a row that is no more.
			key={[cursor.begun, limit, ...items.map(({label}) => label)].join('\n')}
			items={items.map(({label}, index) => ({label: cut(label, columns - 2), value: index, key: String(index)}))}
			initialIndex={same === -1 ? Math.min(cursor.index, last) : same}
			{...(limit !== undefined && {limit})}
			isFocused={isSeen && state.stopping === 'no'}
			indicatorComponent={Indicator}
			itemComponent={Item}
			onHighlight={({value}) => {
				setCursor({...cursor, index: value, label: items[value]?.label});
			}}
		/>
	);
}

function Indicator({isSelected = false}: {readonly isSelected?: boolean}): ReactNode {
	return <Text>{isSelected ? '› ' : '  '}</Text>;
}

function Item({isSelected = false, label}: {readonly isSelected?: boolean; readonly label: string}): ReactNode {
	return <Text>{isSelected ? paint.inverse(label) : label}</Text>;
}
