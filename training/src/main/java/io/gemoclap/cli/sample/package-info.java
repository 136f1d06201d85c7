/**
 * {@code gemoclap sample}: which segments to listen to, and what the answers say of the archive.
 */
package io.gemoclap.cli.sample;
