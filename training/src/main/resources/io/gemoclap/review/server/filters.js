// The filters and the order of the list, which the address keeps.

import { get } from './server.js';
import { element } from './list.js';

const TYPING_MS = 300;
const $ = (id) => document.getElementById(id);
const form = $('filters');

let typing = 0;
let changed = () => {};

/** What is called when another list is wanted. */
export function onChange(callback) {
  changed = callback;
}

/** The parameters of a request for what the filters ask for. */
export function parameters() {
  return Object.fromEntries(new FormData(form));
}

/** A sample is listed in the order in which to listen, unless the user has chosen an order. */
function orderFor(sampled) {
  const { order } = form.elements;
  if (sampled === 'yes' && order.value === 'archive') {
    order.value = 'sample';
  } else if (sampled !== 'yes' && order.value === 'sample') {
    order.value = 'archive';
  }
}

/** Keeps the filters and a search in the address, so that reloading the page keeps them. */
export function remember(search) {
  const kept = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters())) {
    if (value !== '' && !(name === 'order' && value === 'archive')) {
      kept.set(name, value);
    }
  }
  if (search?.words) {
    kept.set('words', search.words);
  }
  if (search?.segment !== undefined) {
    kept.set('similar', search.segment);
  }
  history.replaceState(null, '', `#${kept}`);
}

/** Sets the filters from the address, and gives back the search that it names; null for none. */
export function recall() {
  const kept = new URLSearchParams(location.hash.slice(1));
  for (const [name, value] of kept) {
    if (form.elements[name]) {
      form.elements[name].value = value;
    }
  }
  if (kept.has('words')) {
    return { words: kept.get('words') };
  }
  return kept.has('similar') ? { segment: kept.get('similar') } : null;
}

/** A field for each key of the metadata, with the values that the results hold. */
function metadataFields(keys, attempt) {
  $('metadata').hidden = keys.length === 0;
  keys.forEach((key, index) => {
    const values = element('datalist', { id: `values-${index}` });
    const field = element('input', { name: `metadata.${key}`, placeholder: 'part of it, or =whole' });
    field.setAttribute('list', values.id);
    field.addEventListener('focus', () => attempt(async () => {
      if (!values.hasChildNodes()) {
        const all = await get('values', { key });
        values.append(...all.map((value) => element('option', { value: `=${value}` }, value)));
      }
    }));
    $('metadata').querySelector('div').append(element('label', {}, `${key} `, field, values));
  });
}

/** Offers what the results have to filter and order by; attempt runs an action and shows what went wrong. */
export function fill(info, attempt) {
  for (const [emotion, number] of Object.entries(info.emotions)) {
    form.elements.emotion.append(element('option', { value: emotion }, `${emotion} (${number.toLocaleString('en')})`));
  }
  metadataFields(info.keys, attempt);
  const orders = form.elements.order.options;
  $('sampled').hidden = info.sampled === 0;
  [...orders].find((o) => o.value === 'sample').hidden = info.sampled === 0;
  [...orders].find((o) => o.value === 'disagreement').disabled = !info.compared;
  [...orders].find((o) => o.value === 'most-typical').title = info.typical_by_vector
    ? 'nearest to the mean vector of their emotion' : 'highest confidence: there are no vectors to compare';
}

form.addEventListener('input', (event) => {
  if (event.target === form.elements.sampled) {
    orderFor(event.target.value);
  }
  clearTimeout(typing);
  typing = setTimeout(() => changed(), event.target.matches('select') ? 0 : TYPING_MS);
});
form.addEventListener('submit', (event) => event.preventDefault());
$('clear').addEventListener('click', () => {
  form.reset();
  changed();
});
