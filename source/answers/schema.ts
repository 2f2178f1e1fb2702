import * as z from 'zod';
import {profileNames, type SettingGroup, type WrittenSettings} from '../cluster/setting.ts';
import {settings} from '../cluster/settings.ts';
import {choiceForm, countForm, patternForm, type ValueForm} from '../cluster/value-forms.ts';
import {languages} from '../languages/languages.ts';
import {phrase, type Text} from '../languages/text.ts';
import {roles} from '../roles/index.ts';
import {cleanLine} from '../text/clean.ts';

/** What a person is told of a key: what it is for and, for a value, what it must look like (the end of "… must be"). */
export interface KeyTexts {
	readonly about: Text;
	readonly form: Text;
}

/** The texts of every key, read by the messages, the commented file, the JSON Schema and the reference. */
export const keyTextRegistry = z.registry<KeyTexts>();

function described<Schema extends z.ZodType>(schema: Schema, about: Text, form: Text): Schema {
	keyTextRegistry.add(schema, {about, form});
	return schema;
}

const section = phrase('a group of keys');

function group<Shape extends z.core.$ZodLooseShape>(about: Text, shape: Shape) {
	return described(z.strictObject(shape), about, section).optional();
}

function value<Schema extends z.ZodType>({schema, form}: ValueForm<Schema>, about: Text) {
	return described(schema, about, form).optional();
}

function pattern(regex: RegExp, about: Text, form: Text) {
	return value(patternForm(regex, form), about);
}

function choice<const Values extends readonly [string, ...string[]]>(values: Values, about: Text) {
	return value(choiceForm(values), about);
}

function count(minimum: number, maximum: number, about: Text, unit?: Text) {
	return value(countForm(minimum, maximum, unit), about);
}

/** A group of the cluster's settings, which `source/cluster/settings.ts` declares. */
function settingGroup<Group extends SettingGroup>(about: Text, declared: Group) {
	type Shape = {[Key in keyof Group]: z.ZodOptional<z.ZodType<Exclude<WrittenSettings<Group>[Key], undefined>>>};
	const shape = Object.entries(declared).map(([key, setting]) => [key, value(setting, setting.about)]);
	return group(about, Object.fromEntries(shape) as Shape);
}

const addressPattern = /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;
const cidrPattern = /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}\/(1[6-9]|2\d|30)$/;
const address = (about: Text) => pattern(addressPattern, about, phrase('an IPv4 address such as 192.168.1.200'));
const cidr = (about: Text) =>
	pattern(cidrPattern, about, phrase('an IPv4 network such as 10.0.10.0/24, from /16 to /30'));
const size = (about: Text) => pattern(/^[1-9]\d{0,5}[MG]$/, about, phrase('a size with its unit, such as 512M or 2G'));
const gibibytes = (about: Text) => pattern(/^[1-9]\d{0,3}G$/, about, phrase('a size in gibibytes such as 10G'));
const label = (about: Text) =>
	pattern(
		/^[A-Za-z][\w-]{0,14}$/,
		about,
		phrase('a letter followed by up to 14 letters, digits, hyphens or underscores'),
	);

const machine = {
	name: pattern(
		/^[a-z]([a-z\d-]{0,61}[a-z\d])?$/,
		phrase('Host name'),
		phrase('a host name: lower-case letters, digits and hyphens, a letter first, 63 at most'),
	),
	// A name of digits only is a machine's number to virsh.
	vm: pattern(
		/^(?!\d+$)[A-Za-z\d][\w.-]{0,49}$/,
		phrase('Name in libvirt'),
		phrase('a letter or digit followed by up to 49 letters, digits, dots, hyphens or underscores, and not digits only'),
	),
	memory: size(phrase('Memory (M or G)')),
	vcpus: count(1, 64, phrase('Virtual processors (2; emulated 1, as more can hang)')),
	disk: gibibytes(phrase('System disk (G)')),
	internal: address(phrase('Address on the internal network')),
};

/** Keys of a node on further networks. */
const furtherAddresses = {
	external: address(phrase('Address on the external network')),
	heartbeat: address(phrase('Address (on the heartbeat network)')),
};

const nodesShape = z.object(
	Object.fromEntries(
		roles.flatMap(({nodes, networks}) =>
			nodes.map(({id, about}) => [
				id,
				group(about, {
					...machine,
					...Object.fromEntries(networks.map(network => [network, furtherAddresses[network]])),
				}),
			]),
		),
	),
);

/** `server1` … `server50`. */
export const serverKey = /^server([1-9]|[1-4]\d|50)$/;

const nodes = described(
	nodesShape
		.catchall(described(z.strictObject(machine), phrase('One web server'), section))
		.superRefine((found, context) => {
			const keys = Object.keys(found).filter(key => !Object.hasOwn(nodesShape.shape, key) && !serverKey.test(key));
			if (keys.length > 0) {
				context.addIssue({code: 'unrecognized_keys', keys, input: found});
			}
		}),
	phrase('Single machines: {nodes}, server1 …', {nodes: Object.keys(nodesShape.shape).join(', ')}),
	section,
).optional();

/**
 * What the user may choose. Everything is optional; unknown keys are refused.
 * Values keep the form in which they are written (`5s`, `512M`), so that the file can be written back as it was.
 */
export const answersSchema = described(
	z.strictObject({
		name: pattern(
			/^[a-z]([a-z\d-]{0,30}[a-z\d])?$/,
			phrase("The cluster's name"),
			phrase('a name of lower-case letters, digits and hyphens, a letter first, 32 at most'),
		),
		profile: choice(profileNames, phrase('Times of the thesis, or short ones')),
		language: choice(languages, phrase('Language of the texts')),
		host: group(phrase('The computer that carries the machines'), {
			external: choice(['bridge', 'nat'], phrase('External network: the wired NIC as a bridge, or NAT')),
			nic: pattern(
				/^[A-Za-z][\w.-]{0,14}$/,
				phrase('The wired NIC for the bridge'),
				phrase('the name of a NIC such as eno1'),
			),
		}),
		guest: group(phrase('What the machines run'), {
			distribution: choice(['debian', 'ubuntu'], phrase('Distribution')),
			release: choice(['bookworm', 'trixie', 'jammy', 'noble'], phrase('Release')),
			maxAge: count(
				1,
				365,
				phrase(
					'Age of images: an older one is made anew, with the updates of that day, before a disk is copied from it',
				),
				phrase('days'),
			),
		}),
		networks: group(phrase('The three networks'), {
			external: group(phrase('Where the clients come from'), {
				cidr: cidr(phrase('Range')),
				gateway: address(phrase('Its gateway')),
				label: label(phrase('Name (of the bridge, or of the network in libvirt)')),
			}),
			internal: group(phrase('Between directors, web servers and storage'), {
				cidr: cidr(phrase('Range')),
				label: label(phrase('Name in libvirt')),
			}),
			heartbeat: group(phrase('Between the two directors'), {
				cidr: cidr(phrase('Range')),
				label: label(phrase('Name in libvirt')),
			}),
		}),
		vip: group(phrase('The addresses that move between the directors'), {
			external: address(phrase('What the clients ask for')),
			internal: address(phrase('Gateway (of the web servers and the storage)')),
		}),
		nodes,
		web: group(phrase('The web servers'), {
			count: count(1, 50, phrase('How many')),
			first: address(phrase('Address of the first one; the others follow')),
			content: described(
				z
					.string()
					.min(1)
					.max(4096)
					.refine(path => cleanLine(path) === path),
				phrase('Folder with your own pages, instead of the test page'),
				phrase('the path of a folder'),
			).optional(),
			memory: size(phrase('Memory of each (M or G)')),
			vcpus: count(1, 64, phrase('Virtual processors of each')),
			disk: gibibytes(phrase('System disk of each (G)')),
		}),
		raid: group(phrase('The array that carries the pages'), {
			level: described(
				z.union([z.literal(4), z.literal(5), z.literal(6), z.literal(10)]),
				phrase('RAID level'),
				phrase('4, 5, 6 or 10'),
			).optional(),
			disks: count(3, 16, phrase('How many disks')),
			size: size(phrase('Size of each disk (M or G)')),
		}),
		ha: settingGroup(phrase('High availability; what stands here overrides the profile'), settings.ha),
		check: settingGroup(phrase('How ldirectord looks at the web servers; overrides the profile'), settings.check),
	}),
	phrase('The choices for one cluster'),
	section,
);

/** The choices for a machine, the same for every kind; directors have `external` and `heartbeat` as well. */
export type MachineAnswers = Partial<
	Record<'name' | 'vm' | 'memory' | 'disk' | 'internal' | 'external' | 'heartbeat', string>
> & {vcpus?: number};

/** The user's choices as they stand in the file. */
export type Answers = Omit<z.infer<typeof answersSchema>, 'nodes'> & {
	nodes?: Readonly<Record<string, MachineAnswers | undefined>>;
};
