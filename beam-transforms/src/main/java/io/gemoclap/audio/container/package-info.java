/**
 * Containers and encodings read in Java: recognizes a file by its first bytes, reads WAV, and
 * checks whether a file is complete.
 */
@NullMarked
package io.gemoclap.audio.container;

import org.jspecify.annotations.NullMarked;
