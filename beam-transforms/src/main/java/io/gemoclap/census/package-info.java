/**
 * Finds files: which files a folder, a name or a pattern means, what each is called, and where it
 * really is.
 *
 * <p>{@link io.gemoclap.census.Census} lists the inputs of every command and transform, on the
 * local disk and on Beam file systems, and accounts for each entry: a file, or a problem with a
 * reason. {@link io.gemoclap.census.LocalNames} is the only class that turns names into local
 * paths, byte for byte, whatever the locale of the JVM, and {@link io.gemoclap.census.StoredFile}
 * opens files.
 */
@NullMarked
package io.gemoclap.census;

import org.jspecify.annotations.NullMarked;
