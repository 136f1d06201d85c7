/**
 * Decodes one file, in this process or in a child process that may crash.
 *
 * <p>{@link io.gemoclap.audio.decode.AudioDecoder} reads a seekable channel and pushes blocks of
 * samples at one sampling rate to a {@link io.gemoclap.audio.pcm.SampleSink}.
 */
@NullMarked
package io.gemoclap.audio.decode;

import org.jspecify.annotations.NullMarked;
