import {secretsOf} from '../shell/command.ts';
import {Secret} from '../shell/secret.ts';
import {redactor, type Redact} from '../output/redact.ts';
import type {Session} from './session.ts';

/** The one redactor of everything that is printed, logged or packed: it knows all secrets of a session. */
export function redactorFor({plan, keys}: Pick<Session, 'plan' | 'keys'>): Redact {
	const ofTasks = plan.flatMap(unit => unit.tasks.flatMap(task => [task.check, ...(task.apply ?? [])].flatMap(command => secretsOf(command))));
	const ofHosts = Object.values(keys.hosts).map(pair => pair.private);
	return redactor([keys.wizard.private, keys.authkey, ...ofHosts, ...ofTasks, ...proxySecrets(process.env)]);
}

/**
 * The secrets of web proxies with a password (`http_proxy=http://ana:secret@proxy:3128`): the whole address, user name and
 * password together, which is what a `Proxy-Authorization` header holds in base64, and the password alone, also decoded.
 */
export function proxySecrets(environment: NodeJS.ProcessEnv): Secret[] {
	return Object.entries(environment).filter(([name]) => /_proxy$/i.test(name)).flatMap(([name, address = '']) => {
		const [, user = '', password = ''] = /^(?:[a-z][\w+.-]*:\/\/)?([^\s/:@]*):([^\s/]*)@/i.exec(address) ?? [];
		const decoded = decode(password);
		return password === '' ? [] : [address, `${user}:${password}`, `${decode(user)}:${decoded}`, password, decoded].map(text => new Secret(name.toUpperCase(), text));
	});
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
