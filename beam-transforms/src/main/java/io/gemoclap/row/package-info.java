/** Beam schemas of our values: their rows, and coders that do without Beam's encoding of rows. */
@NullMarked
package io.gemoclap.row;

import org.jspecify.annotations.NullMarked;
