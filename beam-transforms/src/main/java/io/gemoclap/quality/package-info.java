/** How well a segment was recorded: noise, clipping, bandwidth, level and share of speech. */
@NullMarked
package io.gemoclap.quality;

import org.jspecify.annotations.NullMarked;
