/**
 * What changes while a job runs: texts are tried as they arrive, and the newest that passed counts.
 * Imports {@code failure}.
 */
package io.gemoclap.live;
