/**
 * Recordings in, segments of mono samples out, in bounded memory however long a recording is.
 *
 * <p>{@link io.gemoclap.audio.ListRecordings} and {@link io.gemoclap.audio.WatchRecordings} list
 * recordings, and {@link io.gemoclap.audio.DecodeAudio} decodes and segments them. The packages
 * below this one do the work without Beam.
 */
@NullMarked
package io.gemoclap.audio;

import org.jspecify.annotations.NullMarked;
