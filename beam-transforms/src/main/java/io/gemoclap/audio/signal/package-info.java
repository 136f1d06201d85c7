/**
 * Digital signal processing of decoded samples: channel mixing, media time, high-pass filter and
 * resampling.
 */
package io.gemoclap.audio.signal;
