/** Names of folders that one of the languages which a path passes through takes for something else. */
export const nastyNames = [
	'a b',
	"it's",
	'a "b"',
	'$(touch canary)',
	'`touch canary`',
	'$HOME',
	'-x',
	'--help',
	'a\\b',
	'a\\',
	'a,b',
	'a,format=qcow2',
	'a:b',
	'a%b',
	'%h',
	'a=b',
	'#a',
	'&<b>;',
	'*',
	'~',
	'!',
	'x; touch canary',
	'x | touch canary',
	'(a)',
	'ñ',
];

/** All of them in one path, for what takes minutes. */
export const nastyPath = nastyNames
	.filter(name => name !== '*')
	.join('')
	.replaceAll('/', '');
