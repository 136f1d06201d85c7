/** Chooses segments of a folder of results that people should listen to. */
package io.gemoclap.sample;
