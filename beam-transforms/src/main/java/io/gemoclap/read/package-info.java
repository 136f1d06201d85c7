/** Reads what {@code write} has written, for another look at results without their audio. */
@NullMarked
package io.gemoclap.read;

import org.jspecify.annotations.NullMarked;
