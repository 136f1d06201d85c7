/**
 * Features of speech: from samples to a matrix with one row per frame.
 *
 * <p>A {@link io.gemoclap.features.FeatureSpec} says what to compute and holds every number that
 * matters (sampling rate, window, hop, transform size, bins, frequencies); a model bundle carries
 * one. {@link io.gemoclap.features.FeatureExtractor} computes it, equal within rounding to the
 * reference that the spec names: librosa, Whisper, Kaldi or wav2vec2's feature extractor. {@link
 * io.gemoclap.features.FeatureNormalizer} standardises it with the statistics of its recording or
 * speaker.
 *
 * <p>Of ours this package imports {@code audio}, {@code refresh} and {@code failure} only. The
 * workers, which is everything that these references know of, import no Beam.
 */
@NullMarked
package io.gemoclap.features;

import org.jspecify.annotations.NullMarked;
