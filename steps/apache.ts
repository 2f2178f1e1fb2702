import type {Cluster, Node} from '../source/cluster/cluster.ts';
import {healthPageLimit} from '../source/cluster/timing.ts';
import {asset} from '../source/assets.ts';
import {sh} from '../source/shell/command.ts';
import {nodeOf, step} from '../source/engine/step.ts';
import type {Task} from '../source/engine/task.ts';
import {phrase} from '../source/languages/text.ts';
import {expect} from '../source/tasks/expect.ts';
import {file} from '../source/tasks/file.ts';
import {link} from '../source/tasks/link.ts';
import {service} from '../source/tasks/service.ts';
import {healthFile} from '../source/roles/storage.ts';
import {serviceRestarted} from './drills/predictions.ts';
import {pagesFolder, webRoot} from './places.ts';

const folder = '/usr/local/share/cluster';
const health = `${folder}/healthz.php`;
const site = '/etc/apache2/sites-available/000-default.conf';
const unit = '/etc/systemd/system/apache2.service.d/cluster.conf';

export const apache = step({
	id: 'apache',
	name: phrase('Apache'),
	chapter: '4.5',
	title: phrase('Apache serves the pages of the array'),
	on: 'web',
	needs: ['nfs-clients'],
	mends: [1207, 1228],
	tasks(cluster, subject) {
		const {networks, check, content} = cluster;
		const {name, internal} = nodeOf(subject);
		return [
			file(
				health,
				asset('web/usr/local/share/cluster/healthz.php', {
					file: healthFile,
					root: webRoot,
					seconds: healthPageLimit({check}),
				}),
			),
			file(
				site,
				asset('web/etc/apache2/sites-available/000-default.conf', {
					name,
					health,
					folder,
					root: webRoot,
					internal: networks.internal.cidr,
				}),
			),
			file(unit, asset('web/etc/systemd/system/apache2.service.d/cluster.conf')),
			link('/etc/apache2/sites-enabled/000-default.conf', '../sites-available/000-default.conf'),
			link('/etc/apache2/mods-enabled/headers.load', '../mods-available/headers.load'),
			service('apache2', {
				reads: [site, unit, '/etc/apache2/mods-enabled', '/etc/apache2/sites-enabled'],
				within: 60,
				outage: serviceRestarted(cluster),
			}),
			content.kind === 'own'
				? expect(
						phrase('Apache answers'),
						sh`
					curl -s -S -o /dev/null --max-time 20 ${`http://${internal}/`} || exit 1
				`,
						{timeout: 30},
					)
				: expect(
						phrase('The test page says which server it comes from'),
						sh`
					page=$(curl -s -S -f --max-time 20 ${`http://${internal}/index.php`} 2>&1)
					case $page in *${`Soy el servidor ${internal}<br>`}*) ;; *) echo "$page" | tail -n 3; exit 1 ;; esac
				`,
						{timeout: 30},
					),
			healthy({name, internal}, 30),
			latestPagesServed(cluster, {name, internal}),
		];
	},
});

/**
 * Checks on a web server that PHP sees the pages that were published last. NFS and PHP cache the target of the web root's
 * link for a while. Until the caches expire, visitors get the old pages, or an error because those have been removed.
 */
export function latestPagesServed(
	{content}: Pick<Cluster, 'content'>,
	{name, internal}: Pick<Node, 'name' | 'internal'>,
): Task {
	const folder = pagesFolder(content);
	return expect(
		phrase('{name} shows the pages that were published last', {name}),
		sh`
		found=$(curl -s -S --max-time 20 ${`http://${internal}/healthz.php?pages`} 2>&1)
		[ "$found" = ${folder} ] || { echo ${`${folder} is published, and PHP sees`} "$found"; exit 1; }
	`,
		{timeout: 90},
	);
}

/** Checks a web server's health page (the one that ldirectord requests) on the server itself. */
export function healthy({name, internal}: Pick<Node, 'name' | 'internal'>, within: number): Task {
	return expect(
		phrase("{name}'s health page reads from the storage node", {name}),
		sh`
		page=$(curl -s -S --max-time 20 ${`http://${internal}/healthz.php`} 2>&1)
		[ "$page" = OK ] || { echo "$page"; exit 1; }
	`,
		{timeout: within},
	);
}
