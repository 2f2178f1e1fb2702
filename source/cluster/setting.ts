import * as z from 'zod';
import {phrase, type Text} from '../languages/text.ts';
import {countForm, durationForm, parseSeconds, toggleForm, type ValueForm} from './value-forms.ts';

/** Sets of defaults that the user chooses from. */
export const profileNames = ['thesis', 'fast'] as const;
export type Profile = (typeof profileNames)[number];

/** The declaration of a setting of any kind. */
interface Declaration<Value> {
	/** Its purpose, as the answers file and the wizard explain it. */
	readonly about: Text;
	/** Its name in the report. */
	readonly label: Text;
	/** With hardware virtualization; one for all profiles, or one each. */
	readonly default: Value | Readonly<Record<Profile, Value>>;
	/** The value in force where machines are emulated; missing if it is the same. */
	emulated?(value: Value): Value;
	/**
	 * The value of clusters that were built or measured before there was the setting. A setting without it has been there
	 * from the beginning.
	 */
	readonly before?: Value;
}

/**
 * A choice that reaches the cluster as one value.
 * @typeParam Value in the cluster: times in seconds or, for `ms`, in milliseconds
 * @typeParam Written in the answers file: `5s`
 */
export interface Setting<Value = unknown, Written = unknown> extends Declaration<Value>, ValueForm<z.ZodType<Written>> {
	readonly unit?: 's' | 'ms';
	/** Schema of `Value`, for what is stored of a cluster. */
	readonly stored: z.ZodType<Value>;
	/** Converts the written form, which has been validated, and back. */
	read(written: Written): Value;
	write(value: Value): Written;
}

/** Settings that stand together in the answers: `ha`, `check`. */
export type SettingGroup = Readonly<Record<string, Setting>>;

/** The values of a group, as the cluster has them. */
export type SettingValues<Group> = {
	readonly [Key in keyof Group]: Group[Key] extends Setting<infer Value> ? Value : never;
};

/** The values of a group, as they are written in the answers. */
export type WrittenSettings<Group> = {
	[Key in keyof Group]?: (Group[Key] extends Setting<unknown, infer Written> ? Written : never) | undefined;
};

const same = <Value>(value: Value) => value;

export function toggle(declaration: Declaration<boolean>): Setting<boolean, boolean> {
	return {...declaration, ...toggleForm(), stored: z.boolean(), read: same, write: same};
}

export function milliseconds({
	minimum,
	maximum,
	...declaration
}: Declaration<number> & {readonly minimum: number; readonly maximum: number}): Setting<number, number> {
	const form = countForm(minimum, maximum, phrase('milliseconds'));
	return {...declaration, ...form, unit: 'ms', stored: z.number(), read: same, write: same};
}

export function duration(declaration: Declaration<number>): Setting<number, string> {
	return {
		...declaration,
		...durationForm(),
		unit: 's',
		stored: z.number(),
		read: parseSeconds,
		write: seconds => `${seconds}s`,
	};
}

function mapGroup<Group extends SettingGroup, Result>(
	group: Group,
	valueOf: (setting: Setting, key: keyof Group & string) => unknown,
): Result {
	return Object.fromEntries(Object.entries(group).map(([key, setting]) => [key, valueOf(setting, key)])) as Result;
}

/** The values of a group: the user's, else the profile's. Not yet scaled. */
export function chooseSettings<Group extends SettingGroup>(
	group: Group,
	written: WrittenSettings<Group>,
	profile: Profile,
): SettingValues<Group> {
	return mapGroup(group, (setting, key) => {
		const chosen: unknown = written[key];
		return chosen === undefined ? defaultOf(setting, profile) : setting.read(chosen);
	});
}

function defaultOf({default: value}: Setting, profile: Profile): unknown {
	return typeof value === 'object' && value !== null ? (value as Record<Profile, unknown>)[profile] : value;
}

/** The values of a group alone, from an object that has more. */
export function pickSettings<Group extends SettingGroup>(
	group: Group,
	values: SettingValues<Group>,
): SettingValues<Group> {
	return mapGroup(group, (_, key) => values[key]);
}

/** The values in force: on emulated machines some are greater. */
export function scaleSettings<Group extends SettingGroup>(
	group: Group,
	values: SettingValues<Group>,
	emulated: boolean,
): SettingValues<Group> {
	return mapGroup(group, (setting, key) =>
		emulated && setting.emulated ? setting.emulated(values[key]) : values[key],
	);
}

/** The values in the form in which they are written in the answers. */
export function writeSettings<Group extends SettingGroup>(
	group: Group,
	values: SettingValues<Group>,
): WrittenSettings<Group> {
	return mapGroup(group, (setting, key) => setting.write(values[key]));
}

type StoredShape<Group> = {
	[Key in keyof Group]: z.ZodType<SettingValues<Group>[Key]>;
};

/** Schemas of the values, for what is stored of a cluster; settings that were not there yet get their earlier value. */
export function storedShape<Group extends SettingGroup>(group: Group): StoredShape<Group> {
	return mapGroup(group, ({stored, before}) => (before === undefined ? stored : stored.default(before)));
}
