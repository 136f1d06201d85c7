/**
 * Results in, files out: one definition of the columns, one file a format. Imports the stages
 * before it and {@code failure}.
 */
@NullMarked
package io.gemoclap.write;

import org.jspecify.annotations.NullMarked;
