// Talks to the server. The token in the address is kept for this tab and taken out of the address.

const KEY = 'gemoclap-review-token';
const address = new URL(location.href);
if (address.searchParams.has('token')) {
  sessionStorage.setItem(KEY, address.searchParams.get('token'));
  address.searchParams.delete('token');
  history.replaceState(null, '', address);
}
const token = sessionStorage.getItem(KEY) ?? '';

/** An answer of the server that is not what was asked for. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The path with parameters; those that are empty are left out. */
function withParameters(path, parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== '' && value !== null && value !== undefined) {
      query.set(name, value);
    }
  }
  return `/api/${path}?${query}`;
}

async function answer(path, parameters, request) {
  let response;
  try {
    response = await fetch(withParameters(path, parameters), {
      ...request,
      headers: { 'X-Gemoclap-Token': token },
    });
  } catch (problem) {
    if (problem.name === 'AbortError') {
      throw problem;
    }
    throw new Refused(0, 'The server does not answer. Is gemoclap review still running?');
  }
  const text = await response.text();
  if (response.ok) {
    return JSON.parse(text);
  }
  let message = text;
  try {
    message = JSON.parse(text).error;
  } catch {
    // The text is the message.
  }
  throw new Refused(response.status, message);
}

export const get = (path, parameters = {}, signal = undefined) => answer(path, parameters, { signal });

export const post = (path, parameters, body) => answer(path, parameters, { method: 'POST', body });

/** Address of the sound of a segment's channel, for an audio element. */
export const soundOf = (segment) => withParameters('sound', { segment, token });
