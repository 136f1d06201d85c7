/** Encodings read by FFmpeg. The only package that uses FFmpeg. */
@NullMarked
package io.gemoclap.audio.ffmpeg;

import org.jspecify.annotations.NullMarked;
