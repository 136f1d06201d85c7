/** The sound of recordings for a page: decoded, as WAVE, with the outline of its waveform. */
package io.gemoclap.review.sound;
