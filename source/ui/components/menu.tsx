import {useContext, useState, type ReactNode} from 'react';
import {Text} from 'ink';
import SelectInput from 'ink-select-input';
import {VisibilityContext, useKeys, useWizard} from './context.tsx';
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
	/** Label of the item where the cursor begins; the first one if there is none. */
	readonly chosen?: string | undefined;
	/** Called with the label of the item that the cursor is moved to. */
	readonly onChoose?: (label: string | undefined) => void;
}

/** The item under the cursor; no label before the first key. A new value of `begun` remounts the list at `index`. */
interface Cursor {
	readonly begun: number;
	readonly index: number;
	readonly label?: string | undefined;
}

/**
 * A menu for the arrow keys and Enter. A sign marks the current item, not colour alone. When the items change, the cursor
 * stays on the item with the same label, or else at the same index. Only Enter chooses: ink-select-input also accepts
 * digits, but the items show no numbers.
 */
export function Menu({items, columns, height, isBesideText = false, chosen, onChoose}: MenuProps): ReactNode {
	const {state} = useWizard();
	const isSeen = useContext(VisibilityContext);
	const [cursor, setCursor] = useState<Cursor>({begun: 0, index: 0, label: chosen});
	const last = Math.max(0, items.length - 1);
	const limit = height === undefined ? undefined : Math.max(1, height);
	const same = items.findIndex(({label}) => label === cursor.label);
	const move = (index: number, begun: number) => {
		const label = items[index]?.label;
		setCursor({begun, index, label});
		onChoose?.(label);
	};

	const jump = (index: number) => {
		move(index, cursor.begun + 1);
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
			// Remounts the list when the rows or items change: the old cursor could be on a row that no longer exists.
			key={[cursor.begun, limit, ...items.map(({label}) => label)].join('\n')}
			items={items.map(({label}, index) => ({label: cut(label, columns - 2), value: index, key: String(index)}))}
			initialIndex={same === -1 ? Math.min(cursor.index, last) : same}
			{...(limit !== undefined && {limit})}
			isFocused={isSeen && state.stopping === 'no'}
			indicatorComponent={Indicator}
			itemComponent={Item}
			onHighlight={({value}) => {
				move(value, cursor.begun);
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
