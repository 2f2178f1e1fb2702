import {expect, test} from 'vitest';
import {isUsableForDisks, isUsablePath} from '../../source/state/usable-path.ts';
import {nastyNames} from '../nasty-paths.ts';

test.each(nastyNames)('a folder may be named %s', name => {
	expect(isUsablePath(`/srv/${name}/web`)).toBe(true);
});

test.each(['a\nb', 'a\rb', 'a\tb', 'a\u001Bb', 'a\u007Fb', '${HOME}', 'a${b'])(
	'no folder of ours may be named %j',
	name => {
		expect(isUsablePath(`/srv/${name}/web`)).toBe(false);
	},
);

test.each(["it's", 'a "b"', 'a&b', 'a<b', 'a>b', '${HOME}', 'a\nb'])('no disks in %j', name => {
	expect(isUsableForDisks(`/srv/${name}/web`)).toBe(false);
	expect(isUsableForDisks('/srv/a b,$c/web')).toBe(true);
});
