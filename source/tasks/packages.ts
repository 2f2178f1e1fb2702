import {sh, withLimit} from '../engine/command.ts';
import type {Creation, Task} from '../engine/task.ts';

/** Debian packages, without those that are only recommended. What apt asks is answered with its defaults. */
export function packages(names: readonly string[], creates: readonly Creation[] = []): Task {
	const list = names.join(' ');
	return {
		title: {en: `Install ${list}`, es: `Instalar ${list}`},
		check: sh`
			missing=
			for name in ${names}; do
				dpkg-query -W -f '\${db:Status-Status}\\n' "$name" 2>/dev/null | grep -qx installed || missing="$missing $name"
			done
			[ -z "$missing" ] || { echo "not installed:$missing"; exit 1; }
		`,
		apply: [
			withLimit(sh`dpkg --configure -a`, 600),
			withLimit(sh`apt-get -o DPkg::Lock::Timeout=600 -q update`, 600),
			withLimit(sh`DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confold -q -y --no-install-recommends install ${names}`, 1800),
		],
		creates,
	};
}
