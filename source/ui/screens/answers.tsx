import {useEffect, useState, type ReactNode} from 'react';
import {beginMessages} from '../../messages/ui-begin.ts';
import {uiMessages} from '../../messages/ui.ts';
import type {Text} from '../../messages/text.ts';
import type {AnswerField} from '../../commands/wizard-backend.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {Frame, type KeyHint} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {cut, fit, paint, wrap} from '../components/text.ts';

const {answers: words, welcome} = beginMessages;

/** The row that is being edited, or the file's name when `path` is nothing. */
interface Editing {
	readonly path?: readonly string[];
	readonly text: string;
	readonly problem?: Text;
}

/** Every choice with its default and what it is for; what cannot be is refused while it is typed, with the reason. */
export function Answers(): ReactNode {
	const {state, wizard, say} = useWizard();
	const {columns, rows} = bodySize(state);
	const {fields, overview} = state;
	const [current, setCurrent] = useState(0);
	const [editing, setEditingState] = useState<Editing>();
	const setEditing = (next: Editing | undefined) => {
		setEditingState(next);
		wizard.store.set({isTyping: next !== undefined});
	};

	useEffect(() => {
		void wizard.preparation.readFields();
	}, [wizard]);
	const field = fields[Math.min(current, fields.length - 1)];
	const height = rows - 6;
	const top = Math.max(0, Math.min(current - Math.floor(height / 2), fields.length - height));
	const type = async (text: string) => {
		if (editing?.path) {
			setEditing({...editing, text, problem: await wizard.backend.problemWith(editing.path, text)});
		} else {
			setEditing({text});
		}
	};

	useKeys((input, key) => {
		if (!field) {
			return;
		}

		if (editing) {
			if (key.escape) {
				setEditing(undefined);
			} else if (key.return) {
				finish(editing);
			} else if ((key.leftArrow || key.rightArrow) && field.options && editing.path) {
				const values = field.options.map(({value}) => value);
				void type(values[(values.indexOf(editing.text) + (key.leftArrow ? values.length - 1 : 1)) % values.length]!);
			} else if (key.backspace || key.delete) {
				void type(editing.text.slice(0, -1));
			} else if (!key.ctrl && !key.meta && input >= ' ') {
				void type(editing.text + input);
			}
		} else if (key.upArrow || key.downArrow || key.pageUp || key.pageDown) {
			setCurrent(nextField(fields, current, (key.upArrow || key.pageUp ? -1 : 1) * (key.pageUp || key.pageDown ? height : 1)));
		} else if (key.return && !field.isGroup) {
			setEditing({path: field.path, text: field.value});
		} else if (input === 'x' && !field.isGroup) {
			void wizard.preparation.change(field.path, undefined);
		} else if (input === 's') {
			setEditing({text: 'cluster.yaml'});
		}
	});
	const lines = fields.slice(top, top + height).map((row, index) => line(row, top + index === current, columns, say));
	const keys: KeyHint[] = editing
		? [['Enter', uiMessages.keys.accept], ...(field?.options && editing.path ? [['←→', uiMessages.keys.arrows] as const] : []), ['Esc', uiMessages.keys.back]]
		: [['↑↓', uiMessages.keys.arrows], ['Enter', uiMessages.keys.change], ['x', uiMessages.keys.byDefault], ['s', uiMessages.keys.save], ['Esc', uiMessages.keys.back]];
	const room = overview ? cut(say(welcome.room(say(welcome.of(overview.memory.needed, overview.memory.available)), say(welcome.of(overview.disk.needed, overview.disk.available)))), columns) : '';
	return (
		<Frame title={say(uiMessages.screens.answers)} keys={keys}>
			<Lines lines={[paint.dim(room), ...lines, '', ...(field ? help(field, editing, columns, say) : [])].slice(0, rows)}/>
		</Frame>
	);
	function finish(done: Editing): void {
		if (done.path === undefined) {
			void wizard.preparation.saveAnswers(done.text);
			setEditing(undefined);
		} else if (!done.problem) {
			void wizard.preparation.change(done.path, done.text);
			setEditing(undefined);
		}
	}
}

/** Groups are headings: the cursor passes over them. */
function nextField(fields: readonly AnswerField[], from: number, by: number): number {
	const step = Math.sign(by);
	let next = Math.max(0, Math.min(fields.length - 1, from + by));
	while (fields[next]?.isGroup && fields[next + step]) {
		next += step;
	}

	return fields[next]?.isGroup ? from : next;
}

function line({path, isGroup, value, isChosen, problem, about}: AnswerField, isCurrent: boolean, columns: number, say: (text: Text) => string): string {
	const indent = '  '.repeat(path.length - 1);
	const name = path.at(-1)!;
	if (isGroup) {
		return paint.dim(cut(`  ${indent}${name}: ${say(about)}`, columns));
	}

	const text = fit(`${indent}${fit(name, 12)}${isChosen ? '*' : ' '} ${value}`, 44);
	const row = `${isCurrent ? '›' : ' '} ${problem ? '✖ ' : ''}${text}`;
	return (isCurrent ? paint.bold(fit(row, 48)) : fit(row, 48)) + paint.dim(cut(say(about), columns - 48));
}

function help(field: AnswerField, editing: Editing | undefined, columns: number, say: (text: Text) => string): string[] {
	if (editing && editing.path === undefined) {
		return [paint.bold(`${say(words.saveAs)}${editing.text}█`)];
	}

	const problem = editing ? editing.problem : field.problem;
	const options = field.options?.map(({value, note}) => `${value === (editing?.text ?? field.value) ? `[${value}]` : value}${note ? ` (${say(note)})` : ''}`).join('  ');
	return [
		...(editing ? [paint.bold(cut(`${field.path.join('.')}: ${editing.text}█`, columns))] : [cut(`${field.path.join('.')}: ${say(field.about)}`, columns)]),
		...(problem ? wrap(say(problem), columns).slice(0, 2).map(text => paint.red(text)) : wrap(options ?? say(words.mustBe(say(field.form))), columns).slice(0, 2).map(text => paint.dim(text))),
		...(problem || editing ? [] : [paint.dim(cut(say(words.intro), columns))]),
	];
}
