/**
 * Where this library, and the libraries with native code that it uses, keep copies of files on the
 * local disk.
 */
@NullMarked
package io.gemoclap.cache;

import org.jspecify.annotations.NullMarked;
