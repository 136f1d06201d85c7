/** Encodings read by FFmpeg. The only package that uses FFmpeg. */
package io.gemoclap.audio.ffmpeg;
