import * as z from 'zod';
import {expect, test} from 'vitest';
import {answersSchema} from '../../source/answers/schema.ts';
import {
	chooseSettings,
	duration,
	milliseconds,
	profileNames,
	scaleSettings,
	storedShape,
	toggle,
	writeSettings,
	type Setting,
	type SettingGroup,
} from '../../source/cluster/setting.ts';
import {settings} from '../../source/cluster/settings.ts';
import {both} from '../both.ts';

const texts = {about: both('about'), label: both('label')};

const group = {
	isOn: toggle({...texts, default: true}),
	wait: milliseconds({
		...texts,
		minimum: 5,
		maximum: 50,
		default: {thesis: 30, fast: 10},
		emulated: value => value * 2,
	}),
	every: duration({...texts, default: 90, before: 15}),
};

test.each([
	['nothing chosen', {}, 'thesis', {isOn: true, wait: 30, every: 90}],
	['another profile', {}, 'fast', {isOn: true, wait: 10, every: 90}],
	['all chosen', {isOn: false, wait: 5, every: '2min'}, 'fast', {isOn: false, wait: 5, every: 120}],
] as const)('%s', (_, written, profile, values) => {
	const chosen = chooseSettings(group, written, profile);
	expect(chosen).toEqual(values);
	expect(chooseSettings(group, writeSettings(group, chosen), profile)).toEqual(values);
});

test('emulated machines get other values where a setting says so', () => {
	const values = {isOn: false, wait: 7, every: 8};
	expect(scaleSettings(group, values, false)).toEqual(values);
	expect(scaleSettings(group, values, true)).toEqual({...values, wait: 14});
});

test('what was stored before there was a setting gets the value that was in force then', () => {
	const schema = z.object(storedShape(group));
	expect(schema.parse({isOn: true, wait: 7})).toEqual({isOn: true, wait: 7, every: 15});
	expect(schema.safeParse({isOn: true, every: 8}).success).toBe(false);
});

const declared = Object.entries<SettingGroup>(settings).flatMap(([name, members]) =>
	Object.entries(members).map(([key, setting]) => [`${name}.${key}`, name, key, setting] as const),
);

test.each(declared)('%s: every default may be written in the answers, and stored', (_, name, key, setting: Setting) => {
	for (const profile of profileNames) {
		const value = chooseSettings({[key]: setting}, {}, profile)[key];
		expect(answersSchema.safeParse({[name]: {[key]: setting.write(value)}}).success).toBe(true);
		for (const emulated of [false, true]) {
			const scaled = scaleSettings({[key]: setting}, {[key]: value}, emulated)[key];
			expect(setting.stored.safeParse(scaled).success).toBe(true);
		}
	}
});
