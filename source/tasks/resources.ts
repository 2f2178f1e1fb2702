import {asset} from '../assets.ts';
import {sh, withLimit} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {compareVariables} from './file-diff.ts';
import {phrase} from '../languages/text.ts';

/** Cluster property; while it is true, Pacemaker starts no resource. */
const stopAll = 'stop-all-resources';

/**
 * Loads a file of crm commands on this node into Pacemaker's configuration.
 * The check compares facts of the CIB, not the text that `crm configure show` prints: that text differs between releases and
 * takes seconds. After the first load, Pacemaker starts no resource until `enableResources`.
 * @param text the file's content: `primitive`, `group`, `location`, `rsc_defaults` and `property`, one a line
 */
export function loadedResources(path: string, text: string): Task {
	const facts = factsOf(text);
	const ids = [...new Set(facts.map(fact => fact.split(' ')[0]))];
	const look = sh`
		wanted=${facts.join('\n')}
		cib=$(cibadmin --query --scope configuration 2>&1) || { echo "$cib"; exit 2; }
		found=$(echo "$cib" | awk -v ids=${` ${ids.join(' ')} `} ${asset('director/cib-facts.awk')} | LC_ALL=C sort)
	`;
	return {
		title: phrase('Load the resources into Pacemaker'),
		check: sh`
			${look}
			[ "$found" != "$wanted" ] || exit 0
			echo "$wanted" | grep -vxF "$found" | sed 's/^/missing: /;4q'
			echo "$found" | grep -vxF "$wanted" | sed 's/^/found: /;4q'
			exit 1
		`,
		apply: [
			sh`cibadmin --query --xpath '//primitive' > /dev/null 2>&1 || crm_attribute --type crm_config --name ${stopAll} --update true`,
			withLimit(sh`crm -F configure load update ${path}`, 120),
		],
		compare: sh`
			${look}
			${compareVariables('Pacemaker')}
		`,
		timeout: 30,
	};
}

/** Allows Pacemaker to start the loaded resources. */
export function enableResources(): Task {
	return {
		title: phrase('Let Pacemaker start the resources'),
		check: sh`
			[ "$(crm_attribute --type crm_config --name ${stopAll} --query --quiet --default false)" = false ] || { echo ${`${stopAll} is set`}; exit 1; }
		`,
		uses: ['corosync', 'pacemaker'],
		apply: [sh`crm_attribute --type crm_config --name ${stopAll} --delete`],
	};
}

/** Converts crm commands to facts in the format of cib-facts.awk. Exported for the tests. */
export function factsOf(text: string): string[] {
	return text
		.split('\n')
		.filter(line => line.trim() !== '')
		.flatMap(line => {
			const [command, ...words] = line.trim().split(/\s+/);
			const [id = '', ...rest] = words;
			switch (command) {
				case 'primitive':
					return [`${id} is ${rest[0]}`, ...factsOfPrimitive(id, rest.slice(1))];
				case 'group':
					return rest.map((member, index) => `${id} member ${index + 1} ${member}`);
				case 'location':
					return [`${id} location ${rest[0]} ${rest[1]?.replace(/:$/, '')} ${rest[2]}`];
				case 'rsc_defaults':
				case 'property':
					return words.map(word => word.replace('=', ` ${command}=`));
				default:
					throw new TypeError(`${command} is not a command of crm that we load`);
			}
		})
		.sort();
}

function factsOfPrimitive(id: string, words: readonly string[]): string[] {
	const facts: string[] = [];
	let kind = '';
	for (const word of words) {
		if (word === 'params' || word === 'meta') {
			kind = word;
		} else if (word === 'op') {
			kind = 'op';
			facts.push(`${id} op`);
		} else if (kind !== 'op') {
			facts.push(`${id} ${kind} ${word}`);
		} else {
			facts.push(`${facts.pop()} ${word}`);
		}
	}

	// Start and stop operations have no interval in crm's commands; the CIB has interval=0.
	return facts.map(fact => fact.replace(/ op (\w+) timeout/, ' op $1 interval=0 timeout'));
}
