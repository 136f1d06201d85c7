/** Starts JVMs that run classes of this process. Imports no other package of ours. */
package io.gemoclap.process;
