// Makes build/cluster-wizard_VERSION_amd64.deb from build/cluster-wizard.
import {execFileSync} from 'node:child_process';
import {chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {gzipSync} from 'node:zlib';

const root = join(import.meta.dirname, '..');
const output = join(root, 'build');
const tree = join(output, 'deb');
const executable = join(output, 'cluster-wizard');
const {version, description} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	version: string;
	description: string;
};
const read = (name: string) => readFileSync(join(root, name), 'utf8');

/** The libraries that the executable is linked with; test/system/executable.test.ts compares it with dpkg-shlibdeps. */
const depends = 'libc6 (>= 2.28), libgcc-s1 (>= 4.2), libstdc++6 (>= 5)';

const maintainer = 'The cluster-wizard authors <cluster-wizard@localhost>';

/** Overrides of lintian tags, each with its reason. */
const overrides = `# The project has no mail address.
cluster-wizard: bogus-mail-host *
cluster-wizard: bogus-mail-host-in-debian-changelog *
# Node brings its libraries, and is delivered like this. To strip it now would cut off the program that it carries.
cluster-wizard: embedded-library *
cluster-wizard: unstripped-binary-or-object *
cluster-wizard: hardening-no-pie *
# Words of the program's text; it asks dpkg-query.
cluster-wizard: uses-dpkg-database-directly *
`;

function put(path: string, content: string | Buffer, mode = 0o644): void {
	mkdirSync(dirname(join(tree, path)), {recursive: true});
	writeFileSync(join(tree, path), content);
	chmodSync(join(tree, path), mode);
}

/** The manual page, made from the program's `--help`. */
function manual(): string {
	const help = execFileSync(executable, ['--help', '--language', 'en'], {encoding: 'utf8'});
	const verbatim = help
		.trim()
		.replaceAll('\\', '\\e')
		.replaceAll('-', '\\-')
		.replaceAll(/^(?=[.'])/gm, '\\&');
	return [
		`.TH CLUSTER\\-WIZARD 1 "" "cluster\\-wizard ${version}"`,
		'.SH NAME',
		`cluster\\-wizard \\- ${description.toLowerCase().replaceAll('-', '\\-').replace('kvm', 'KVM')}`,
		'.SH SYNOPSIS',
		'.nf',
		verbatim,
		'.fi',
		'.SH FILES',
		'.TP',
		'.I /var/lib/cluster\\-wizard',
		'State of the clusters.',
		'.TP',
		'.I /var/cache/cluster\\-wizard',
		'Images of the machines.',
		'.TP',
		'.I /usr/share/doc/cluster\\-wizard/README.md.gz',
		'How to begin.',
		'',
	].join('\n');
}

rmSync(tree, {recursive: true, force: true});
mkdirSync(join(tree, 'usr/bin'), {recursive: true});
copyFileSync(executable, join(tree, 'usr/bin/cluster-wizard'));
const gzip = (text: string) => gzipSync(text, {level: 9});
const documents = 'usr/share/doc/cluster-wizard';
put(
	`${documents}/copyright`,
	`${read('LICENSE')}\nThe licences of what the executable contains are in THIRD-PARTY-NOTICES.txt.gz.\n`,
);
put(`${documents}/THIRD-PARTY-NOTICES.txt.gz`, gzip(readFileSync(join(output, 'THIRD-PARTY-NOTICES.txt'), 'utf8')));
put(`${documents}/README.md.gz`, gzip(read('README.md')));
put(`${documents}/README.es.md.gz`, gzip(read('README.es.md')));
put(`${documents}/NEWS.gz`, gzip(read('CHANGELOG.md')));
put(
	`${documents}/changelog.gz`,
	gzip(
		`cluster-wizard (${version}) unstable; urgency=medium\n\n  * See NEWS.gz.\n\n -- ${maintainer}  ${new Date().toUTCString().replace('GMT', '+0000')}\n`,
	),
);
put('usr/share/lintian/overrides/cluster-wizard', overrides);
put('usr/share/man/man1/cluster-wizard.1.gz', gzip(manual()));
put(
	'DEBIAN/control',
	`Package: cluster-wizard
Version: ${version}
Architecture: amd64
Maintainer: ${maintainer}
Installed-Size: ${Math.ceil(statSync(executable).size / 1024) + 200}
Depends: ${depends}
Recommends: sudo
Section: admin
Priority: optional
Description: ${description.replace(/^A /, '').replace(/^./, letter => letter.toLowerCase())}
 cluster-wizard makes an NFS node on RAID 6, two LVS directors with Corosync
 and Pacemaker, and Apache servers from KVM machines, explains every step and
 measures the cluster. It contains Node.js.
`,
);
execFileSync('find', [tree, '-type', 'd', '-exec', 'chmod', '755', '{}', '+']);
chmodSync(join(tree, 'usr/bin/cluster-wizard'), 0o755);
// xz, because dpkg of every supported release reads it. A higher level takes minutes and saves only a seventh.
execFileSync(
	'dpkg-deb',
	['--root-owner-group', '-Zxz', '-z1', '--build', tree, join(output, `cluster-wizard_${version}_amd64.deb`)],
	{stdio: ['ignore', 'ignore', 'inherit']},
);
rmSync(tree, {recursive: true});
