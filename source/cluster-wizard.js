#!/usr/bin/env node
// Written so that an old Node can read it: it says what to do instead of failing at the first new word.
var required = [20, 12];
var found = process.versions.node.split('.').map(Number);
if (found[0] < required[0] || (found[0] === required[0] && found[1] < required[1])) {
	var spanish = /^es/.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '');
	var command = 'npx -y -p node@22 -p cluster-wizard cluster-wizard';
	console.error(
		spanish
			? 'cluster-wizard necesita Node ' +
					required.join('.') +
					' o posterior y este es ' +
					process.versions.node +
					'. Esta orden trae uno: ' +
					command
			: 'cluster-wizard needs Node ' +
					required.join('.') +
					' or later and this is ' +
					process.versions.node +
					'. This command brings one: ' +
					command,
	);
	process.exit(2);
}

import('./cli.js').catch(function (error) {
	console.error(error);
	process.exit(70);
});
