/** Scores of segments in, turns out: stretches in which one speaker sounds the same. */
@NullMarked
package io.gemoclap.turns;

import org.jspecify.annotations.NullMarked;
