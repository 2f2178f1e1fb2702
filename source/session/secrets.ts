import {secretsOf} from '../shell/command.ts';
import {Secret} from '../shell/secret.ts';
import {redactor, type Redact} from '../output/redact.ts';
import type {Session} from './session.ts';

/** Returns the redactor for all printed, logged and packed text; it knows all secrets of a session. */
export function redactorFor({plan, keys}: Pick<Session, 'plan' | 'keys'>): Redact {
	const ofTasks = plan.flatMap(unit =>
		unit.tasks.flatMap(task => [task.check, ...(task.apply ?? [])].flatMap(command => secretsOf(command))),
	);
	const ofHosts = Object.values(keys.hosts).map(pair => pair.private);
	return redactor([keys.wizard.private, keys.authkey, ...ofHosts, ...ofTasks, ...proxySecrets(process.env)]);
}

/**
 * Secrets of web proxies with a password (`http_proxy=http://ana:secret@proxy:3128`): the whole address; user name and
 * password together, which a `Proxy-Authorization` header contains in base64; and the password alone; the last two also
 * URL-decoded.
 */
export function proxySecrets(environment: NodeJS.ProcessEnv): Secret[] {
	return Object.entries(environment)
		.filter(([name]) => /_proxy$/i.test(name))
		.flatMap(([name, address = '']) => {
			const [, user = '', password = ''] = /^(?:[a-z][\w+.-]*:\/\/)?([^\s/:@]*):([^\s/]*)@/i.exec(address) ?? [];
			const decoded = decode(password);
			return password === ''
				? []
				: [address, `${user}:${password}`, `${decode(user)}:${decoded}`, password, decoded].map(
						text => new Secret(name.toUpperCase(), text),
					);
		});
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
