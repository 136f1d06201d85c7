/** Starts JVMs that run classes of this process. */
package io.gemoclap.process;
