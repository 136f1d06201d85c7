// The recording of the selected segment: its waveform with the segments as spans, and the player.

import { get, soundOf } from './server.js';
import { clock, colour } from './list.js';

const SHORT_S = 90;
const AROUND_S = 30;
const LEAST_WINDOW_S = 1;
const ZOOM = 2;
const LOUDEST = 127;
const $ = (id) => document.getElementById(id);

const canvas = $('wave');
const audio = $('audio');
let segment = null;
let spans = [];
let spansOf = null; // the recording that they are of
let seconds = 0;
let view = { from: 0, to: 1 };
let outline = [];
let stopAt = null;
let loading = new AbortController();
let choose = () => {};

/** What is called with the id of a span that the user has chosen. */
export function onChoice(callback) {
  choose = callback;
}

/** Shows the recording of a segment. Sound that cannot be played is explained in its place. */
export async function show(next) {
  const same = segment && segment.recording === next.recording && segment.channel === next.channel;
  segment = next;
  stop();
  loading.abort();
  loading = new AbortController();
  const { signal } = loading;
  if (!same) {
    $('no-sound').hidden = true;
    audio.removeAttribute('src');
    seconds = 0;
    outline = [];
  }
  if (spansOf !== next.recording) {
    spans = [];
    spansOf = null;
    const answer = await get('recording', { segment: next.id }, signal);
    if (signal.aborted) {
      return;
    }
    spans = answer.segments;
    spansOf = next.recording;
  }
  look(windowOf(next));
  await loadOutline(signal, same);
}

/** The stretch that is shown of a segment at first: a short recording, or its surroundings. */
function windowOf(of) {
  const end = seconds || Math.max(...spans.map((s) => s.end), of.end_s);
  if (end <= SHORT_S) {
    return { from: 0, to: end };
  }
  const from = Math.max(0, Math.min(of.start_s - AROUND_S, end - 2 * AROUND_S));
  return { from, to: Math.min(end, Math.max(of.end_s + AROUND_S, from + 2 * AROUND_S)) };
}

function look(at) {
  view = at;
  paint();
}

async function loadOutline(signal, same) {
  const at = view;
  try {
    const answer = await get('waveform',
      { segment: segment.id, from: at.from, to: at.to, parts: Math.max(1, Math.round(canvas.clientWidth)) }, signal);
    if (signal.aborted) {
      return;
    }
    seconds = answer.seconds;
    outline = answer.outline;
    if (!same || !audio.src) {
      audio.src = soundOf(segment.id);
    }
    paint();
  } catch (problem) {
    if (!signal.aborted) {
      outline = [];
      $('no-sound').hidden = false;
      $('no-sound').textContent = `${problem.message} You can go on without sound.`;
      paint();
    }
  }
}

export function zoom(inwards) {
  if (!segment) {
    return;
  }
  const end = seconds || view.to;
  const middle = Math.min(Math.max((segment.start_s + segment.end_s) / 2, view.from), view.to);
  const length = (view.to - view.from) * (inwards ? 1 / ZOOM : ZOOM);
  const shown = Math.min(Math.max(length, LEAST_WINDOW_S), end);
  const from = Math.min(Math.max(0, middle - shown / 2), Math.max(0, end - shown));
  look({ from, to: from + shown });
  loading.abort();
  loading = new AbortController();
  loadOutline(loading.signal, true);
}

const x = (at) => ((at - view.from) / (view.to - view.from)) * canvas.clientWidth;

function paint() {
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext('2d');
  const style = getComputedStyle(document.documentElement);
  pen.scale(ratio, ratio);
  pen.clearRect(0, 0, width, height);
  for (const span of spans) {
    if (segment && span.channel === segment.channel && span.end > view.from && span.start < view.to) {
      const left = x(span.start);
      const right = Math.max(x(span.end), left + 2);
      const chosen = span.id === segment.id;
      pen.fillStyle = colour(span.emotion);
      pen.globalAlpha = (chosen ? 0.5 : 0.22) * (span.abstained ? 0.5 : 1);
      pen.fillRect(left, 0, right - left, height);
      pen.globalAlpha = 1;
      pen.fillRect(left, height - (chosen ? 6 : 3), right - left, chosen ? 6 : 3);
      if (chosen) {
        pen.strokeStyle = style.getPropertyValue('--accent');
        pen.lineWidth = 2;
        pen.strokeRect(left + 1, 1, right - left - 2, height - 2);
      }
    }
  }
  pen.fillStyle = style.getPropertyValue('--wave');
  outline.forEach((loudness, i) => {
    const tall = Math.max(1, (loudness / LOUDEST) * (height - 16));
    pen.fillRect((i * width) / outline.length, (height - tall) / 2, Math.max(1, width / outline.length), tall);
  });
  if (segment && audio.src) {
    pen.fillStyle = style.getPropertyValue('--ink');
    pen.fillRect(x(audio.currentTime) - 1, 0, 2, height);
  }
  $('time').textContent = segment && seconds ? `${clock(audio.currentTime)} of ${clock(seconds)}` : '';
}

export function play() {
  if (segment && audio.src) {
    stopAt = segment.end_s;
    audio.currentTime = segment.start_s;
    audio.play().catch(() => {});
  }
}

export function playOn() {
  if (audio.src) {
    stopAt = null;
    audio.play().catch(() => {});
  }
}

export function stop() {
  audio.pause();
  stopAt = null;
}

export const toggle = () => (audio.paused ? play() : audio.pause());

/** Plays once the sound of the segment is there; not if the user has gone on meanwhile. */
export async function playWhenLoaded(of) {
  if (segment && segment.id === of.id && audio.src) {
    play();
  }
}

/** The id of the segment before or after the selected one in its channel; null at the ends. */
export function neighbour(step) {
  const own = spans.filter((span) => span.channel === segment?.channel);
  const place = own.findIndex((span) => span.id === segment.id);
  return place < 0 ? null : own[place + step]?.id ?? null;
}

function tick() {
  if (stopAt !== null && audio.currentTime >= stopAt) {
    stop();
  }
  paint();
  if (!audio.paused) {
    requestAnimationFrame(tick);
  }
}

audio.addEventListener('play', tick);
audio.addEventListener('pause', () => {
  $('play').firstChild.textContent = 'Play ';
  paint();
});
audio.addEventListener('playing', () => { $('play').firstChild.textContent = 'Pause '; });
audio.addEventListener('seeked', paint);
audio.addEventListener('error', () => {
  if (audio.getAttribute('src')) {
    $('no-sound').hidden = false;
    $('no-sound').textContent = 'The sound cannot be played. You can go on without it.';
  }
});
new ResizeObserver(paint).observe(canvas);
canvas.addEventListener('click', (event) => {
  const at = view.from + ((event.clientX - canvas.getBoundingClientRect().left) / canvas.clientWidth) * (view.to - view.from);
  const span = spans.find((s) => s.channel === segment?.channel && s.start <= at && at < s.end);
  if (span && span.id !== segment.id) {
    choose(span.id);
  } else if (audio.src) {
    audio.currentTime = at;
    paint();
  }
});
