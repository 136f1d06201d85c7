/**
 * Where this library, and the libraries with native code that it uses, keep copies of files on the
 * local disk. Imports {@code failure} alone.
 */
package io.gemoclap.cache;
