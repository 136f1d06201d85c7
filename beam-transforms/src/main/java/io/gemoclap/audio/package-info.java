/**
 * From an encoded recording to segments of mono samples, in bounded memory however long it is.
 *
 * <p>{@link io.gemoclap.audio.AudioDecoder} reads a seekable channel and pushes blocks of samples
 * at one rate; a {@link io.gemoclap.audio.Segmenter} cuts them into segments. Damage is told in a
 * {@link io.gemoclap.audio.DecodeReport}, and what cannot be decoded at all as one {@link
 * io.gemoclap.audio.DecodeException}.
 *
 * <p>May import, of this project, only {@code io.gemoclap.failure} and {@code io.gemoclap.census}.
 * Only {@code FfmpegDecoder} touches FFmpeg.
 */
package io.gemoclap.audio;
