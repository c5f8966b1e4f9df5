/** The merchants' page: who is in, and which part is open. */
import { $, h, onLost, signIn, signOut, speak, switchLang, t, tell, whoAmI } from './session.js';
import { nameState, redraw, startOrders, stopOrders } from './orders.js';
import { drawAccess, drawStores, drawWebhook } from './settings.js';

const PARTS = { orders: async () => redraw(), stores: drawStores, webhook: drawWebhook, access: drawAccess };
let part = 'orders';
let me = null;

function tabs() {
  $('tabs').replaceChildren(...Object.keys(PARTS).map((name) => h('button', { type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': name, 'aria-selected': String(name === part), tabindex: name === part ? 0 : -1, onclick: () => show(name) }, t(`tab.${name}`))));
}

function show(name, focus) {
  part = name;
  for (const each of Object.keys(PARTS)) $(each).hidden = each !== name;
  tabs();
  if (focus) $(`tab-${name}`).focus();
  PARTS[name]().catch(tell);
}

$('tabs').addEventListener('keydown', (event) => {
  const names = Object.keys(PARTS);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step) show(names[(names.indexOf(part) + step + names.length) % names.length], true);
});

function out() {
  stopOrders();
  me = null;
  document.body.classList.add('signed-out');
  for (const id of ['main', 'tabs', 'who']) $(id).hidden = true;
  $('stream').dataset.state = 'off';
  nameState();
  $('sign').hidden = false;
  $('sign-secret').value = '';
  $('sign-client').focus();
}

async function enter(who) {
  me = who;
  document.body.classList.remove('signed-out');
  $('sign').hidden = true;
  for (const id of ['main', 'tabs', 'who']) $(id).hidden = false;
  $('who-name').textContent = me.name;
  show('orders');
  await startOrders();
}

$('sign-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  $('sign-error').textContent = '';
  $('sign-in').disabled = true;
  try {
    await enter(await signIn($('sign-client').value.trim(), $('sign-secret').value));
  } catch (refused) {
    $('sign-error').textContent = refused.status === 401 ? t('sign.wrong') : refused.message;
  } finally {
    $('sign-in').disabled = false;
  }
});
$('sign-out').addEventListener('click', () => signOut().catch(() => {}).finally(out));
$('lang').addEventListener('click', () => { switchLang(); nameState(); if (me) { tabs(); PARTS[part]().catch(tell); } });

onLost(out);
speak();
whoAmI().then((who) => (who ? enter(who) : out())).catch((refused) => { out(); $('sign-error').textContent = refused.message; });
