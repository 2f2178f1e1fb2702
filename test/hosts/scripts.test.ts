import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {expect, test} from 'vitest';

test.each(['boot-host', 'make-layer', 'route-hosts', 'way-out'])('shellcheck finds nothing in %s', script => {
	expect(execFileSync('shellcheck', [join(import.meta.dirname, script)], {encoding: 'utf8'})).toBe('');
});
