import {useEffect, type ReactNode} from 'react';
import type {Text} from '../../languages/text.ts';
import {beginMessages} from '../../messages/begin.ts';
import {uiMessages} from '../../messages/screens.ts';
import type {AnswerField, Overview} from '../../wizard/backend.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {fieldText, filterLine} from '../components/filter-line.ts';
import {Frame, type KeyHint} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {hiddenCounts, firstVisibleRow} from '../components/scroll.ts';
import {leadingClauses, cut, padOrTruncate, paint, width, wrap} from '../components/text.ts';
import {useFilter} from '../components/use-filter.ts';
import {highlighted} from '../state/filter.ts';
import {currentRow, dottedKey, shownFields, type Editing} from '../state/form.ts';
import type {State} from '../state/store.ts';

const {answers: words, welcome} = beginMessages;

/** Fewest rows below the list, for the chosen answer's purpose and its valid values or problem. */
const helpHeight = 4;

/** Most rows of the reason why the answers are refused; each row of the list shows its own problem as well. */
const longestTrouble = 4;

/** Columns of a row for key and value; the rest shows the purpose or the problem. */
const valueWidth = (columns: number) => Math.max(36, Math.min(48, Math.floor(columns * 0.61)));

type Say = (text: Text) => string;

/** Answers screen: every answer with its value and purpose. A problem is shown while the value is typed. */
export function Answers(): ReactNode {
	const {state, wizard, say} = useWizard();
	const {columns, rows} = bodySize(state);
	const {form, filter, fields} = state;
	const {wanted, take} = useFilter();
	useEffect(() => {
		void wizard.preparation.readFields();
	}, [wizard]);
	const shown = shownFields(fields, wanted, say);
	const current = currentRow(shown, form);
	const field = shown[current];
	const head = headLines(state, columns, say);
	const below = help(state, field, columns, say);
	const height = rows - head.length - Math.max(helpHeight, below.length) - 1;
	const top = firstVisibleRow(Math.max(current, 0), shown.length, height);
	useKeys((input, key) => {
		const {editing, saving} = wizard.store.get().form;
		if (editing || saving || !take(input, key)) {
			void wizard.answers.press(input, key, height);
		}
	});
	const lines = shown
		.slice(top, top + height)
		.map((row, index) =>
			rowLine(row, {isCurrent: top + index === current, editing: form.editing, columns, wanted, say}),
		);
	const count = words.count(
		shown.filter(({isGroup}) => !isGroup).length,
		fields.filter(({isGroup}) => !isGroup).length,
	);
	return (
		<Frame title={say(uiMessages.screens.answers)} keys={keysOf(state, field)}>
			<Lines
				lines={[
					...withFilter(head, filterLine(filter, say(count), columns)),
					...lines,
					...Array.from({length: height - lines.length}, () => ''),
					paint.dim(hiddenCounts(top, Math.max(0, shown.length - top - height))),
					...below,
				].slice(0, rows)}
			/>
		</Frame>
	);
}

/** Warnings and the memory and disk that the answers need, or the reason why they are refused. */
function headLines({overview, trouble}: State, columns: number, say: Say): string[] {
	return trouble
		? wrap(trouble, columns)
				.slice(0, longestTrouble)
				.map(line => paint.dim(line))
		: overview
			? [
					...overview.warnings.flatMap(warning => wrap(say(warning), columns).map(line => paint.yellow(line))),
					...wrap(needs(overview), columns).map(line => paint.dim(line)),
				]
			: [''];

	/** Empty once the machines are there: they have it. */
	function needs({memory, disk, figures}: Overview): string {
		return figures.disk ? say(welcome.room(memory, {...disk, needed: figures.disk.first})) : '';
	}
}

/** Replaces the head with the line of the filter, if there is one; keeps the number of lines. */
function withFilter(head: readonly string[], filter: string | undefined): readonly string[] {
	return filter === undefined ? head : [filter, ...head.slice(1).map(() => '')];
}

function keysOf({form: {editing, saving}, filter}: State, field: AnswerField | undefined): KeyHint[] {
	return saving
		? [
				['Enter', uiMessages.keys.save],
				['Esc', uiMessages.keys.back],
			]
		: editing
			? [
					['Enter', uiMessages.keys.accept],
					...(field?.options ? [['←→', uiMessages.keys.arrows] as const] : []),
					['Esc', uiMessages.keys.back],
				]
			: filter.isTyping
				? [
						['Enter', uiMessages.keys.keep],
						['Esc', uiMessages.keys.clear],
					]
				: [
						['↑↓', uiMessages.keys.arrows],
						['Enter', uiMessages.keys.change],
						['x', uiMessages.keys.byDefault],
						['s', uiMessages.keys.save],
						['/', uiMessages.keys.filter],
						['Esc', filter.field.text === '' ? uiMessages.keys.back : uiMessages.keys.clear],
					];
}

interface RowView {
	readonly isCurrent: boolean;
	readonly editing: Editing | undefined;
	readonly columns: number;
	readonly wanted: string;
	readonly say: Say;
}

function rowLine(field: AnswerField, {isCurrent, editing, columns, wanted, say}: RowView): string {
	const {path, isGroup, value, inForce, isChosen, about} = field;
	const indent = '  '.repeat(path.length - 1);
	const name = path.at(-1)!;
	if (isGroup) {
		const start = `  ${indent}${name}`;
		const what = leadingClauses(say(about), columns - width(start) - 2);
		return highlighted(paint.dim(what === '' ? start : `${start}: ${what}`), wanted);
	}

	const isEdited = editing !== undefined && dottedKey(editing) === dottedKey(field);
	const problem = isEdited ? editing.problem : field.problem;
	const left = valueWidth(columns);
	const both = inForce === undefined ? value : `${value} ${say(words.counts(inForce))}`;
	const start = `${isCurrent ? '›' : ' '} ${indent}${padOrTruncate(name, 12)}${isChosen ? '*' : ' '} `;
	const right = columns - left;
	const withForce = width(start + both) < left ? both : value;
	// A sentence that does not fit beside the row stands below the list when the cursor is on it.
	const beside = problem
		? paint.red(`✖ ${leadingClauses(say(problem), right - 2) || say(words.refused)}`)
		: paint.dim(leadingClauses(say(about), right));
	const text = isEdited ? start + fieldText(editing.field, left - width(start) - 1) : cut(start + withForce, left - 1);
	const padded = text + ' '.repeat(Math.max(0, left - width(text.replaceAll(/\u001B\[\d+m/g, ''))));
	return highlighted((isCurrent ? paint.bold(padded) : padded) + beside, wanted);
}

function help({form: {editing, saving}}: State, field: AnswerField | undefined, columns: number, say: Say): string[] {
	const [first, ...rest] = saving
		? [
				paint.bold(`${say(words.saveAs)}${fieldText(saving.field, columns - width(say(words.saveAs)))}`),
				...wrap(saving.problem ?? '', columns).map(line => paint.red(line)),
			]
		: !field
			? [paint.dim(say(words.none))]
			: fieldHelp(field, editing, columns, say);
	return [first!, ...rest];
}

function fieldHelp(field: AnswerField, editing: Editing | undefined, columns: number, say: Say): string[] {
	const isEdited = editing !== undefined && dottedKey(editing) === dottedKey(field);
	const problem = isEdited ? editing.problem : field.problem;
	const value = isEdited ? editing.field.text : field.value;
	const options = field.options
		?.map(
			option =>
				`${option.value === value ? `[${option.value}]` : option.value}${option.note ? ` (${say(option.note)})` : ''}`,
		)
		.join('  ');
	return [
		...wrap(
			[
				`${dottedKey(field)}: ${say(field.about)}`,
				...(field.inForce === undefined || isEdited ? [] : [say(words.inForce(field.inForce))]),
			].join('. '),
			columns,
		),
		...(problem
			? wrap(say(problem), columns).map(line => paint.red(line))
			: wrap(options ?? say(words.mustBe(say(field.form))), columns).map(line => paint.dim(line))),
		...(problem || editing ? [] : wrap(say(words.intro), columns).map(line => paint.dim(line))),
	];
}
