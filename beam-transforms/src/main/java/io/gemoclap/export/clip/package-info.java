/** Clips of audio, cut out of recordings and encoded. */
@NullMarked
package io.gemoclap.export.clip;

import org.jspecify.annotations.NullMarked;
