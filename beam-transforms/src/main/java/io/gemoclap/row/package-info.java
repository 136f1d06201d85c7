/** Coders that give collections a Beam schema without Beam's encoding of rows. */
@NullMarked
package io.gemoclap.row;

import org.jspecify.annotations.NullMarked;
