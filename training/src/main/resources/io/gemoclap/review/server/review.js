// The page: pages of the list, search, selection, answers and keys.

import { get, post } from './server.js';
import { draw, element, mark, redraw, setLabels } from './list.js';
import * as filters from './filters.js';
import * as answers from './answers.js';
import * as recording from './recording.js';

const SIZE = 50;
const $ = (id) => document.getElementById(id);
const list = $('list');

let info = null;
let entries = [];
let selected = -1;
let current = null; // the entry that is shown, which need not be in the list
let places = [null]; // where the pages up to this one begin
let next = null;
let search = null; // {words} or {segment} or {file}
let lastAnswered = null;
let busy = false; // while an answer is saved or the segment to show next is loaded
let loading = new AbortController();

function notice(text, bad = false) {
  $('notices').append(element('p', { className: bad ? 'notice bad' : 'notice' }, text));
}

/** Runs what a key or a click asks for, and shows what went wrong. */
async function attempt(action) {
  try {
    return await action();
  } catch (problem) {
    if (problem.name !== 'AbortError') {
      $('notices').replaceChildren();
      notice(problem.message, true);
    }
    return undefined;
  }
}

/**
 * Runs an action that decides which segment is shown next, and then shows it with the function that
 * the action gives back. Until then, others are ignored: they would concern the segment before.
 */
async function alone(action) {
  if (busy) {
    return;
  }
  busy = true;
  let showNext;
  try {
    showNext = await action();
  } finally {
    busy = false;
  }
  await showNext?.();
}

async function find(wanted, signal) {
  if (search.file) {
    return post('search', { ...wanted, name: search.file.name }, search.file);
  }
  return get('search', { ...wanted, words: search.words, segment: search.segment }, signal);
}

function describe(found) {
  const of = search.words ? `“${search.words}”` : search.file ? search.file.name : 'this segment';
  return `Nearest to ${of}, by model ${found.model_id}` + (found.exact ? '' : ' (approximate)') + '. ';
}

/** Loads the page of the list, or the search, that the state asks for; gives false if another was asked for meanwhile. */
async function load() {
  loading.abort();
  loading = new AbortController();
  const { signal } = loading;
  filters.remember(search);
  list.setAttribute('aria-busy', 'true');
  const wanted = filters.parameters();
  const after = places[places.length - 1];
  try {
    const page = search
      ? await find({ ...wanted, size: SIZE }, signal)
      : await get('segments', { ...wanted, after, size: SIZE }, signal);
    if (signal.aborted) {
      return false;
    }
    $('notices').querySelectorAll('.bad').forEach((old) => old.remove());
    entries = page.entries;
    next = search ? null : page.next;
    $('search-state').replaceChildren(info.search_problem);
    if (search) {
      const leave = element('button', { type: 'button', id: 'leave-search' }, 'Back to the list');
      leave.addEventListener('click', leaveSearch);
      $('search-state').append(describe(page), leave);
    }
  } catch (problem) {
    if (signal.aborted) {
      return false;
    }
    entries = [];
    next = null;
    search = null;
    $('search-state').replaceChildren();
    notice(problem.message, true);
  } finally {
    if (!signal.aborted) {
      list.setAttribute('aria-busy', 'false');
    }
  }
  draw(list, entries, 'No segment matches the filters.');
  selected = current ? entries.findIndex((entry) => entry.segment.id === current.segment.id) : -1;
  mark(list, selected);
  $('page').textContent = search ? '' : `page ${places.length}`;
  $('previous-page').disabled = search !== null || places.length === 1;
  $('next-page').disabled = next === null;
  count(wanted, signal);
  return true;
}

async function count(wanted, signal) {
  if (search) {
    $('count').textContent = `${entries.length} nearest segments that match the filters`;
    return;
  }
  await attempt(async () => {
    const found = await get('count', wanted, signal);
    $('count').textContent = `${found.count.toLocaleString('en')} of ${info.count.toLocaleString('en')} segments`;
  });
}

function restart() {
  places = [null];
  return load();
}

function leaveSearch() {
  search = null;
  $('words').value = '';
  return restart();
}

function searchBy(what) {
  if (info.search_problem) {
    return undefined;
  }
  search = what;
  $('search-state').textContent = 'Searching …';
  return restart();
}

/** Loads the next or the previous page; gives false if there is none. */
async function turn(step) {
  if (step > 0 && next !== null) {
    places.push(next);
  } else if (step < 0 && places.length > 1) {
    places.pop();
  } else {
    return false;
  }
  return load();
}

const turnPage = (step) => alone(async () => {
  await turn(step);
});

/** Shows an entry, which need not be in the list; plays it if the user likes that. */
async function open(entry, quietly = false) {
  current = entry;
  selected = entries.findIndex((other) => other.segment.id === entry.segment.id);
  mark(list, selected);
  $('right').hidden = false;
  $('answer-state').textContent = '';
  $('answer-state').className = '';
  answers.show(entry, give);
  await recording.show(entry.segment);
  if (current === entry && $('autoplay').checked && !quietly) {
    recording.playWhenLoaded(entry.segment);
  }
}

/** What opens an entry; undefined without one. */
const opening = (entry) => entry && (() => open(entry));

async function entryOf(id) {
  return entries.find((entry) => entry.segment.id === Number(id))
    ?? (await get('segment', { segment: id })).entries[0];
}

const openById = (id) => alone(async () => opening(await entryOf(id)));

/** The entry before or after the selected one, maybe of another page; undefined at the ends. */
async function entryAt(step) {
  const place = selected + step;
  if (place >= entries.length && next !== null) {
    return (await turn(1)) ? entries[0] : undefined;
  }
  if (place < 0 && selected >= 0 && places.length > 1 && !search) {
    return (await turn(-1)) ? entries[entries.length - 1] : undefined;
  }
  return entries[place];
}

const move = (step) => alone(async () => opening(await entryAt(step)));

/** Sends an answer to an entry; gives back what shows the next one. */
async function save(entry, answer, label) {
  if (!(await answers.give(entry, answer, label))) {
    return undefined;
  }
  lastAnswered = answer === 'withdrawn' ? null : entry.segment.id;
  const said = $('answer-state').textContent;
  const index = entries.findIndex((other) => other.segment.id === entry.segment.id);
  if (index >= 0) {
    entries[index].answers = entry.answers;
    redraw(list, entries[index], index);
  }
  const advance = answer !== 'withdrawn' && $('advance').checked && index >= 0 && index === selected;
  const following = advance ? await entryAt(1) : undefined;
  return async () => {
    const shown = following || entry !== current ? open(following ?? entry) : answers.show(entry, give);
    $('answer-state').textContent = said;
    await shown;
  };
}

const give = (answer, label) => alone(async () => current && save(current, answer, label));

const withdraw = () => alone(async () => {
  const last = current && !answers.mineOf(current) && lastAnswered !== null;
  const entry = last ? await entryOf(lastAnswered) : current;
  return entry && answers.mineOf(entry) ? save(entry, 'withdrawn') : undefined;
});

async function neighbour(step) {
  const id = recording.neighbour(step);
  if (id !== null) {
    await openById(id);
  }
}

const similar = () => current && searchBy({ segment: current.segment.id });

const KEYS = {
  n: () => give('not_speech'),
  u: () => give('unsure'),
  z: withdraw,
  s: similar,
  ' ': () => recording.toggle(),
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  ArrowRight: () => neighbour(1),
  ArrowLeft: () => neighbour(-1),
  PageDown: () => turnPage(1),
  PageUp: () => turnPage(-1),
  '/': () => $('words').focus(),
  '?': () => $('help').showModal(),
};

document.addEventListener('keydown', (event) => {
  const inField = event.target.matches('input:not([type=checkbox]), select, textarea');
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) {
    return;
  }
  if (event.key === 'Escape') {
    if (inField) {
      list.focus();
    } else if (search) {
      attempt(leaveSearch);
    }
    return;
  }
  // Space presses a button, or ticks a box, that was reached by Tab.
  if (inField || (event.key === ' ' && event.target.matches('button, summary, input'))) {
    return;
  }
  const label = /^[1-9]$/.test(event.key) ? info?.labels[Number(event.key) - 1] : undefined;
  const action = label === undefined ? KEYS[event.key] : () => give('label', label);
  if (action) {
    event.preventDefault();
    attempt(async () => action());
  }
});

list.addEventListener('click', (event) => {
  const item = event.target.closest('li[data-index]');
  if (item) {
    attempt(() => alone(async () => opening(entries[Number(item.dataset.index)])));
  }
});

filters.onChange(() => attempt(restart));
$('search').addEventListener('submit', (event) => {
  event.preventDefault();
  const words = $('words').value.trim();
  attempt(() => (words ? searchBy({ words }) : leaveSearch()));
  list.focus();
});
$('choose-file').addEventListener('click', () => $('file').click());
$('file').addEventListener('change', () => {
  attempt(() => searchBy({ file: $('file').files[0] }));
});
document.addEventListener('dragover', (event) => {
  event.preventDefault();
  document.body.classList.add('dropping');
});
document.addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) {
    document.body.classList.remove('dropping');
  }
});
document.addEventListener('drop', (event) => {
  event.preventDefault();
  document.body.classList.remove('dropping');
  const file = event.dataTransfer.files[0];
  if (file) {
    attempt(() => searchBy({ file }));
  }
});
const clicks = {
  'previous-page': () => turnPage(-1),
  'next-page': () => turnPage(1),
  play: () => recording.toggle(),
  'play-on': () => recording.playOn(),
  'previous-segment': () => neighbour(-1),
  'next-segment': () => neighbour(1),
  'zoom-in': () => recording.zoom(true),
  'zoom-out': () => recording.zoom(false),
  'not-speech': () => give('not_speech'),
  unsure: () => give('unsure'),
  withdraw,
  similar,
  'open-help': () => $('help').showModal(),
  'open-agreement': () => answers.agreement(),
};
for (const [id, action] of Object.entries(clicks)) {
  $(id).addEventListener('click', () => attempt(async () => action()));
}
$('other-label').addEventListener('submit', (event) => {
  event.preventDefault();
  const label = $('label').value.trim();
  if (label) {
    attempt(() => give('label', label));
  }
});
recording.onChoice((id) => attempt(() => openById(id)));

async function start() {
  info = await get('info');
  setLabels(info.labels);
  answers.setInfo(info);
  answers.progress(info.counts);
  document.title = `Review of ${info.results}`;
  $('results').textContent = info.results;
  $('results').title = info.results;
  $('origin').textContent = info.origins.map((o) => {
    const [model, labelSet] = o.split(' ');
    return `model ${model}, label set ${labelSet}`;
  }).join('; ');
  $('corrections').textContent = info.corrections;
  filters.fill(info, attempt);
  if (info.unknown > 0) {
    notice(`${info.unknown} corrected segments are not in these results: ${info.unknown_examples.join(', ')}${info.unknown > info.unknown_examples.length ? ', …' : ''}`);
  }
  info.skipped.forEach((line) => notice(line));
  $('words').disabled = info.search_problem !== '';
  for (const button of [$('choose-file'), $('search').querySelector('button'), $('similar')]) {
    button.disabled = info.search_problem !== '';
  }
  const kept = filters.recall();
  if (!info.search_problem) {
    search = kept;
    $('words').value = search?.words ?? '';
  }
  await load();
  if (entries.length > 0) {
    await open(entries[0], true);
  }
  list.focus();
  document.body.dataset.ready = 'yes';
}

attempt(start);
