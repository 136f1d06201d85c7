/**
 * Digital signal processing of decoded samples: channel mixing, media time, high-pass filter and
 * resampling.
 */
@NullMarked
package io.gemoclap.audio.signal;

import org.jspecify.annotations.NullMarked;
