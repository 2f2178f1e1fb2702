import type {Reason} from './names.ts';
import {listed, phrase, type Text} from '../languages/text.ts';

/** Messages about the user's own pages. */
export const contentMessages = {
	noFolder: (folder: string): Text => phrase('there is no folder {folder}.', {folder}),
	unreadable: (folder: string): Text => phrase('the folder {folder} cannot be read with your rights.', {folder}),
	notListed: (folder: string, reason: Text): Text =>
		phrase('the folder {folder} cannot be listed: {reason}.', {folder, reason}),
	tooMany: (folder: string): Text =>
		phrase('{folder} has too many files to be published (more than about half a million).', {folder}),
	tooLarge: (folder: string, size: number, room: number): Text =>
		phrase('{folder} has {size}M; the array has room for {room}M.', {folder, size, room}),
	changed: (folder: string, path: string): Text =>
		phrase('The web content in {folder} changed while it was being packed: {path}. Run the command again.', {
			folder,
			path,
		}),
	notPacked: (folder: string, reason: Text): Text =>
		phrase('The web content in {folder} cannot be packed: {reason}.', {folder, reason}),
	interrupted: phrase('Interrupted while packing the web content.'),
	packing: (size: string): Text => phrase('Packing the web content ({size}) …', {size}),
	published: (folder: string, files: number, size: string): Text =>
		phrase('Web content: {folder}, {files} {files, plural, one {file} other {files}}; on the array it takes {size}.', {
			folder,
			files,
			size,
		}),
	noIndex: (pages: readonly string[]): Text =>
		phrase(
			'There is no {pages} at the top of the folder: visitors of the site\'s address get "403 Forbidden", and the tests count that as a wrong answer.',
			{pages: listed(pages, 'disjunction')},
		),
	oddNames: (count: number): Text =>
		count === 1
			? phrase('1 name is not UTF-8. It is published byte for byte: links to it must use the same bytes, such as %E9.')
			: phrase(
					'{count} names are not UTF-8. They are published byte for byte: links to them must use the same bytes, such as %E9.',
					{count},
				),
	leftOut: (count: number): Text => phrase('Left out ({count}):', {count}),
	more: (count: number): Text => phrase('… and {count} more', {count}),
	reasons: {
		hidden: phrase('hidden (its name begins with a dot)'),
		htaccess: phrase('Apache would ignore it (AllowOverride None)'),
		backup: phrase('backup or editor file'),
		unreadable: phrase('you have no right to read it'),
		special: phrase('device, FIFO or socket'),
		outside: phrase('link that leaves the folder'),
		dangling: phrase('link to nothing'),
		cycle: phrase('link that leads back into its own folder'),
		target: phrase('link to something that is left out'),
	} satisfies Record<Reason, Text>,
} as const;
