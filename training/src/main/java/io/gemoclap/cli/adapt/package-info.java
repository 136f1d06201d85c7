/** {@code gemoclap adapt} and {@code gemoclap adapt-study}. */
package io.gemoclap.cli.adapt;
