/**
 * What changes while a job runs: texts are tried as they arrive, and the newest that passed counts;
 * files are found as they appear. Imports {@code failure}.
 */
package io.gemoclap.live;
