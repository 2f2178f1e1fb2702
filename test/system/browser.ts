import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {pathToFileURL} from 'node:url';
import CDP from 'chrome-remote-interface';

/** What a page did when it was opened, and a way to ask it. */
export interface OpenedPage {
	/** Addresses of everything it asked for, itself first. */
	readonly requests: readonly string[];
	/** What it wrote to the console, and what the browser said against it. */
	readonly messages: readonly string[];
	/** An expression's value in the page. */
	ask<Value>(expression: string): Promise<Value>;
	/** `print`: as it would be on paper of this width in CSS pixels. */
	lookAt(media: 'screen' | 'print', scheme: 'light' | 'dark', width: number): Promise<void>;
	/** The page as PDF, and as a picture of its beginning (PNG). */
	pdf(): Promise<Buffer>;
	picture(): Promise<Buffer>;
}

/** A headless Chromium of our own, with a profile that is thrown away. */
export async function openBrowser(): Promise<{
	open: (file: string) => Promise<OpenedPage>;
	close: () => Promise<void>;
}> {
	const profile = mkdtempSync(join(tmpdir(), 'cluster-wizard-chromium-'));
	// As root there is no sandbox of Chromium's; the page is ours.
	const program = spawn(
		'chromium',
		[
			'--headless',
			'--no-sandbox',
			'--disable-gpu',
			'--disable-dev-shm-usage',
			'--disable-background-networking',
			'--no-first-run',
			'--remote-debugging-port=0',
			`--user-data-dir=${profile}`,
			'about:blank',
		],
		{stdio: ['ignore', 'ignore', 'pipe']},
	);
	const ended = new Promise<void>(resolve => {
		program.once('close', () => {
			resolve();
		});
	});
	const port = await new Promise<number>((resolve, reject) => {
		program.once('error', reject);
		program.once('close', code => {
			reject(new Error(`chromium ended with ${code}`));
		});
		createInterface({input: program.stderr}).on('line', line => {
			const address = /^DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(line);
			if (address) {
				resolve(Number(address[1]));
			}
		});
	});
	return {
		open: async file => openPage(await CDP({port, local: true}), file),
		async close() {
			program.kill();
			await ended;
			rmSync(profile, {recursive: true, force: true});
		},
	};
}

async function openPage({Page, Network, Runtime, Log, Emulation}: CDP.Client, file: string): Promise<OpenedPage> {
	const requests: string[] = [];
	const messages: string[] = [];
	Network.requestWillBeSent(({request}) => requests.push(request.url));
	Runtime.consoleAPICalled(({args}) => messages.push(args.map(({value}) => String(value)).join(' ')));
	Runtime.exceptionThrown(({exceptionDetails}) => messages.push(exceptionDetails.text));
	Log.entryAdded(({entry}) => messages.push(entry.text));
	await Promise.all([Page.enable(), Network.enable({}), Runtime.enable(), Log.enable()]);
	const loaded = Page.loadEventFired();
	await Page.navigate({url: pathToFileURL(file).href});
	await loaded;
	return {
		requests,
		messages,
		async ask<Value>(expression: string) {
			const {result, exceptionDetails} = await Runtime.evaluate({expression, returnByValue: true});
			if (exceptionDetails) {
				throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
			}

			return result.value as Value;
		},
		async lookAt(media, scheme, width) {
			await Emulation.setEmulatedMedia({media, features: [{name: 'prefers-color-scheme', value: scheme}]});
			await Emulation.setDeviceMetricsOverride({width, height: 1200, deviceScaleFactor: 1, mobile: false});
		},
		async pdf() {
			const {data} = await Page.printToPDF({preferCSSPageSize: true});
			return Buffer.from(data, 'base64');
		},
		async picture() {
			const {data} = await Page.captureScreenshot({});
			return Buffer.from(data, 'base64');
		},
	};
}
