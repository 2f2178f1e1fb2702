import {expect, test} from 'vitest';
import {benchMessages} from '../../source/messages/bench.ts';
import {probeMessages} from '../../source/messages/probe.ts';
import {reportMessages} from '../../source/messages/report.ts';
import {sessionMessages} from '../../source/messages/session.ts';
import type {Text} from '../../source/messages/text.ts';
import {workMessages} from '../../source/messages/ui-run.ts';

test.each<[string, (count: number) => Text, one: Text, many: Text]>([
	['answers', count => sessionMessages.answersWrong('a.yaml', count),
		{en: 'a.yaml: 1 answer must be corrected. Nothing was touched.', es: 'a.yaml: hay que corregir 1 respuesta. No se ha tocado nada.'},
		{en: 'a.yaml: 3 answers must be corrected. Nothing was touched.', es: 'a.yaml: hay que corregir 3 respuestas. No se ha tocado nada.'}],
	['failed requests', benchMessages.failures,
		{en: '1 request failed: the rates count it as well.', es: '1 petición ha fallado: las tasas también la cuentan.'},
		{en: '3 requests failed: the rates count them as well.', es: '3 peticiones han fallado: las tasas también las cuentan.'}],
	['requests of a probe', count => probeMessages.summary(count, count), {en: '1 request, 1 lost', es: '1 petición, 1 perdida'}, {en: '3 requests, 3 lost', es: '3 peticiones, 3 perdidas'}],
	['lost requests', count => probeMessages.outage(2000, count, true),
		{en: 'Longest outage: 2.00 s, 1 request lost in it', es: 'Interrupción más larga: 2.00 s, con 1 petición perdida'},
		{en: 'Longest outage: 2.00 s, 3 requests lost in it', es: 'Interrupción más larga: 2.00 s, con 3 peticiones perdidas'}],
	['requests without the page', probeMessages.notAnswered,
		{en: '1 request did not get the page from a web server: exit code 4.', es: '1 petición no ha recibido la página de un servidor web: código de salida 4.'},
		{en: '3 requests did not get the page from a web server: exit code 4.', es: '3 peticiones no han recibido la página de un servidor web: código de salida 4.'}],
	['steps', reportMessages.wouldChange,
		{en: '1 step would change something. Nothing was changed.', es: '1 paso cambiaría algo. No se ha cambiado nada.'},
		{en: '3 steps would change something. Nothing was changed.', es: '3 pasos cambiarían algo. No se ha cambiado nada.'}],
	['lines', reportMessages.moreLines, {en: '… 1 more line, in the log', es: '… 1 línea más, en el registro'}, {en: '… 3 more lines, in the log', es: '… 3 líneas más, en el registro'}],
])('one and three: %s', (_, text, one, many) => {
	expect(text(1)).toEqual(one);
	expect(text(3)).toEqual(many);
});

test('one and two failures wait', () => {
	const {run} = workMessages;
	expect([1, 2].map(count => run.questions(count))).toEqual([
		{en: '1 failure waits for you: Enter', es: '1 fallo le espera: Intro'}, {en: '2 failures wait for you: Enter', es: '2 fallos le esperan: Intro'},
	]);
});
