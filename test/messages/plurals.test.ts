import {expect, test} from 'vitest';
import {benchMessages} from '../../source/measure/bench-messages.ts';
import {probeMessages} from '../../source/output/probe-messages.ts';
import {progressMessages} from '../../source/output/messages.ts';
import {sessionMessages} from '../../source/session/messages.ts';
import type {Text} from '../../source/languages/text.ts';
import {workMessages} from '../../source/messages/work.ts';
import {both, spoken} from '../both.ts';

test.each<[string, (count: number) => Text, one: Text, many: Text]>([
	[
		'answers',
		count => sessionMessages.answersWrong('a.yaml', count),
		both(
			'a.yaml: 1 answer must be corrected. Nothing was touched.',
			'a.yaml: hay que corregir 1 respuesta. No se ha tocado nada.',
		),
		both(
			'a.yaml: 3 answers must be corrected. Nothing was touched.',
			'a.yaml: hay que corregir 3 respuestas. No se ha tocado nada.',
		),
	],
	[
		'failed requests',
		benchMessages.failures,
		both('1 request failed: the rates count it as well.', '1 petición ha fallado: las tasas también la cuentan.'),
		both(
			'3 requests failed: the rates count them as well.',
			'3 peticiones han fallado: las tasas también las cuentan.',
		),
	],
	[
		'requests of a probe',
		count => probeMessages.summary(count, count),
		both('1 request, 1 lost', '1 petición, 1 perdida'),
		both('3 requests, 3 lost', '3 peticiones, 3 perdidas'),
	],
	[
		'lost requests',
		count => probeMessages.outage(2000, count, true),
		both('Longest outage: 2.00 s, 1 request lost in it', 'Interrupción más larga: 2.00 s, con 1 petición perdida'),
		both('Longest outage: 2.00 s, 3 requests lost in it', 'Interrupción más larga: 2.00 s, con 3 peticiones perdidas'),
	],
	[
		'requests without the page',
		probeMessages.notAnswered,
		both(
			'1 request did not get the page from a web server: exit code 4.',
			'1 petición no ha recibido la página de un servidor web: código de salida 4.',
		),
		both(
			'3 requests did not get the page from a web server: exit code 4.',
			'3 peticiones no han recibido la página de un servidor web: código de salida 4.',
		),
	],
	[
		'steps',
		progressMessages.wouldChange,
		both('1 step would change something. Nothing was changed.', '1 paso cambiaría algo. No se ha cambiado nada.'),
		both('3 steps would change something. Nothing was changed.', '3 pasos cambiarían algo. No se ha cambiado nada.'),
	],
	[
		'lines',
		progressMessages.moreLines,
		both('… 1 more line, in the log', '… 1 línea más, en el registro'),
		both('… 3 more lines, in the log', '… 3 líneas más, en el registro'),
	],
])('one and three: %s', (_, text, one, many) => {
	expect(text(1)).toMatchObject(spoken(one));
	expect(text(3)).toMatchObject(spoken(many));
});

test('one and two failures wait', () => {
	const {run} = workMessages;
	expect([1, 2].map(count => run.questions(count))).toMatchObject([
		spoken(both('1 failure waits for you: Enter', '1 fallo le espera: Intro')),
		spoken(both('2 failures wait for you: Enter', '2 fallos le esperan: Intro')),
	]);
});
