/** Results in, files out: one definition of the columns, one file a format. */
@NullMarked
package io.gemoclap.write;

import org.jspecify.annotations.NullMarked;
