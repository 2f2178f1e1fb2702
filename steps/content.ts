import {asset} from '../source/assets.ts';
import type {Cluster} from '../source/cluster/cluster.ts';
import {formatBytes} from '../source/content/site-summary.ts';
import type {Task} from '../source/engine/task.ts';
import {sh} from '../source/shell/command.ts';
import {step} from '../source/engine/step.ts';
import {phrase} from '../source/languages/text.ts';
import {expect} from '../source/tasks/expect.ts';
import {file} from '../source/tasks/file.ts';
import {link} from '../source/tasks/link.ts';
import {changedPages, changedPagesOf, unkeptPagesOf} from '../source/tasks/pages.ts';
import {unpacked} from '../source/tasks/unpacked.ts';
import {arrayMount, healthFile} from '../source/roles/storage.ts';
import {pagesFolder, webRoot} from './places.ts';

export const content = step({
	id: 'content',
	name: phrase('Web content'),
	chapter: '4.5',
	title: phrase('The web content lies on the array'),
	on: 'storage',
	needs: ['raid'],
	mends: [1207, 1250],
	tasks(cluster) {
		return [
			expect(
				phrase('The array is mounted at {arrayMount}', {arrayMount}),
				sh`
				mountpoint -q ${arrayMount} || { echo ${`${arrayMount}: nothing is mounted`}; exit 1; }
			`,
			),
			file(healthFile, 'OK\n'),
			...pages(cluster.content),
			onlyShown(pagesFolder(cluster.content)),
		];
	},
});

/** Publishes the pages. The web root is a symbolic link to their folder, so new pages replace old ones atomically. */
function pages(content: Cluster['content']): readonly Task[] {
	const folder = pagesFolder(content);
	if (content.kind === 'own') {
		return [
			unpacked(
				`${arrayMount}/${folder}`,
				content,
				phrase('Put your own pages on the array ({size})', {size: formatBytes(content.size)}),
			),
			link(webRoot, folder),
		];
	}

	const page = asset('storage/mnt/raid/www/index.php', {title: 'Página de prueba para TFG Sergio García Lanza'});
	return [
		file(`${arrayMount}/${folder}/index.php`, page, {title: phrase('Write the test page')}),
		link(webRoot, folder),
	];
}

/** Removes old pages, which would take space on a small array. */
function onlyShown(folder: string): Task {
	const others = sh`set --; for path in ${arrayMount}/content-*; do case $path in ${`${arrayMount}/${folder}`} | ${`${arrayMount}/${folder}.list`}) ;; *) set -- "$@" "$path" ;; esac; done`;
	return {
		title: phrase('Remove pages that are no longer shown'),
		check: sh`
			${others}; [ $# != 0 ] || exit 0
			unkept=$(${unkeptPagesOf(sh`"$@"`)})
			if [ -n "$unkept" ]; then echo "$unkept"; else echo "not shown:" "$@"; fi
			exit 1
		`,
		apply: [sh`${others}; rm -rf "$@"`],
		keeps: {path: `${arrayMount}/not-shown${changedPages}`, content: sh`${others}; ${changedPagesOf(sh`"$@"`)}`},
	};
}
