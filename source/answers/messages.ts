import {phrase, type Text} from '../languages/text.ts';

/** Messages about an answers file as a file, regardless of its content. */
export const answersFileMessages = {
	notRegular: (file: string): Text =>
		phrase('The answers file {file} is not a regular file. Nothing was touched.', {file}),
	tooLarge: (file: string): Text =>
		phrase('The answers file {file} is larger than 1 MiB; answers take a few KiB. Nothing was touched.', {file}),
	notUtf8: (file: string, line: number): Text =>
		phrase('The answers file {file} is not UTF-8 text (line {line}). Save it as UTF-8. Nothing was touched.', {
			file,
			line,
		}),
	byteOrderMark: (file: string): Text =>
		phrase(
			'The answers file {file} begins with a byte order mark. Save it as UTF-8 without one. Nothing was touched.',
			{file},
		),
	controlCharacter: (file: string, line: number, column: number, code: string): Text =>
		phrase(
			'The answers file {file} holds the control character {code} in line {line}, column {column}, which YAML does not allow. Nothing was touched.',
			{file, code, line, column},
		),
	/** Shown below the first problems of a list. */
	moreProblems: (count: number): Text => phrase('… and {count} more', {count}),
};
