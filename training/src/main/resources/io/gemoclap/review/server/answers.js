// Answers to the selected segment: buttons with the scores of its labels, and what people said.

import { get, post } from './server.js';
import { clock, colour, element, words } from './list.js';

const $ = (id) => document.getElementById(id);
const PER_CENT = 100;
const KEYS = 9;
const SHOWN_FIRST = ['transcript', 'text', 'sentence'];

let info = { labels: [], by: '' };
let confirmed = '';

export function setInfo(all) {
  info = all;
}

/** Whose answers there are, and how many. */
export function progress(counts) {
  const mine = counts[info.by] ?? 0;
  const others = Object.keys(counts).filter((person) => person !== info.by).length;
  $('progress').textContent = `${info.by}: ${mine} answered` + (others ? `, ${others} other${others > 1 ? 's' : ''}` : '');
}

export const mineOf = (entry) => entry.answers.find((answer) => answer.by === info.by);

/** Shows the scores, the answers and the properties of a segment. */
export function show(entry, give) {
  const { segment } = entry;
  const mine = mineOf(entry);
  confirmed = '';
  $('labels').replaceChildren(...info.labels.map((label, index) => {
    const score = segment.scores[label];
    const bar = element('span', { className: 'bar' });
    bar.style.width = `${(score ?? 0) * PER_CENT}%`;
    bar.style.background = colour(label);
    const button = element('button', { type: 'button', title: `This segment is ${label}` },
      index < KEYS ? element('kbd', {}, String(index + 1)) : element('span'),
      element('span', {}, label),
      element('span', { className: 'track' }, bar),
      element('span', { className: 'n' }, score === undefined ? '' : `${(score * PER_CENT).toFixed(1)} %`));
    button.dataset.label = label;
    button.setAttribute('aria-pressed', String(mine?.answer === 'label' && mine.label === label));
    button.addEventListener('click', () => give('label', label));
    return button;
  }));
  $('not-speech').setAttribute('aria-pressed', String(mine?.answer === 'not_speech'));
  $('unsure').setAttribute('aria-pressed', String(mine?.answer === 'unsure'));
  $('withdraw').disabled = !mine;
  $('label').value = '';
  $('answers').replaceChildren(...entry.answers.map((answer) =>
    element('li', {}, `${answer.by}: `, element('b', {}, words(answer)),
      ` (${new Date(answer.at).toLocaleString()})`)));
  const transcript = SHOWN_FIRST.find((key) => segment.metadata[key]);
  $('transcript').hidden = !transcript;
  $('transcript').textContent = transcript ? segment.metadata[transcript] : '';
  $('place').textContent = `channel ${segment.channel}, ${clock(segment.start_s)} to ${clock(segment.end_s)}`;
  $('recording').textContent = segment.recording;
  details(segment, transcript);
}

function details(segment, transcript) {
  const rows = {
    'shown as': segment.abstained ? `uncertain (${segment.emotion})` : segment.emotion,
    'other model': segment.other === null ? null
      : `${segment.other} ${segment.other_confidence.toFixed(2)}`
        + (segment.disagreement === null ? '' : `, disagreement ${segment.disagreement.toFixed(2)}`),
    'speech probability': segment.speech_probability < 0 ? null : segment.speech_probability.toFixed(2),
    'out of domain': segment.out_of_domain < 0 ? null : segment.out_of_domain.toFixed(2),
    voice: segment.gender,
    'model, label set': `${segment.model_id}, ${segment.label_set}`,
  };
  for (const [key, value] of Object.entries(segment.metadata)) {
    if (key !== transcript) {
      rows[key] = value;
    }
  }
  $('details').replaceChildren(...Object.entries(rows)
    .filter(([, value]) => value !== null && value !== '')
    .flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
}

/** Sends an answer; a label that no segment has must be given twice. */
export async function give(entry, answer, label = '') {
  const newLabel = label !== '' && confirmed === label.trim().toLowerCase();
  try {
    const result = await post('answers', {},
      JSON.stringify({ segment: entry.segment.id, answer, label, new_label: newLabel }));
    entry.answers = result.answers;
    progress(result.counts);
    $('answer-state').className = '';
    $('answer-state').textContent = answer === 'withdrawn' ? 'Your answer is withdrawn.'
      : `Saved: ${words(result.correction)}`;
    return true;
  } catch (problem) {
    $('answer-state').className = 'notice bad';
    $('answer-state').textContent = problem.message;
    if (problem.status === 409) {
      confirmed = label.trim().toLowerCase();
      $('answer-state').textContent += ' Give it again to use it as a new label.';
    }
    return false;
  }
}

const kappa = (value) => (value === null ? 'undefined' : value.toFixed(2));

function table(heads, rows) {
  return element('table', {},
    element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', {}, head)))),
    element('tbody', {}, ...rows.map((row) => element('tr', {}, ...row.map((cell) => element('td', {}, String(cell)))))));
}

/** Shows how far people agree. */
export async function agreement() {
  const { counts, pairs, groups } = await get('agreement');
  const content = $('agreement-content');
  content.replaceChildren(
    table(['person', 'answered segments'], Object.entries(counts)));
  if (pairs.length === 0) {
    content.append(element('p', {},
      'No two people have judged the same segment. Files corrections*.jsonl in the folder of the results are read when gemoclap review starts.'));
  } else {
    content.append(
      table(['two people', 'segments', 'same answer', 'Cohen’s κ'],
        pairs.map((p) => [`${p.first}, ${p.second}`, p.segments, `${(p.agreed * PER_CENT).toFixed(0)} %`, kappa(p.kappa)])),
      table(['people a segment', 'segments', 'Fleiss’ κ'],
        groups.map((g) => [g.raters, g.segments, kappa(g.kappa)])),
      element('p', { className: 'dim' },
        'κ is 1 for agreement on all segments and 0 for what chance would give. It is undefined if all answers are the same. Unsure answers do not count.'));
  }
  $('agreement').showModal();
}
