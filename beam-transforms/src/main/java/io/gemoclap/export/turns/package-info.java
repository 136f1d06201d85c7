/**
 * Files with the emotion turns of one recording, in the formats of tools for people and of
 * diarisation.
 */
@NullMarked
package io.gemoclap.export.turns;

import org.jspecify.annotations.NullMarked;
