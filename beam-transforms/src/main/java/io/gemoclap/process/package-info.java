/** Starts JVMs that run classes of this process. Imports no other package of ours. */
@NullMarked
package io.gemoclap.process;

import org.jspecify.annotations.NullMarked;
