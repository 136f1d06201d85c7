/** Coders that give collections a Beam schema without Beam's encoding of rows. */
package io.gemoclap.row;
