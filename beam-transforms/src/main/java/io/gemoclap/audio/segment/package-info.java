/**
 * Cuts samples into segments, and decides whether a segment contains speech.
 *
 * <p>{@link io.gemoclap.audio.segment.Segmenter} is the entry point: whole recordings, windows of a
 * fixed length, given times, or voice activity.
 */
@NullMarked
package io.gemoclap.audio.segment;

import org.jspecify.annotations.NullMarked;
