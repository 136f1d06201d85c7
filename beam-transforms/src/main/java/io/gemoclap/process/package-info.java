/** Starts JVMs that run classes of this process. */
@NullMarked
package io.gemoclap.process;

import org.jspecify.annotations.NullMarked;
