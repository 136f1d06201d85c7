/** Reads segments and speakers that other tools have found, from the files that they write. */
package io.gemoclap.spans;
