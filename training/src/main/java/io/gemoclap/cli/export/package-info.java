/** {@code gemoclap export}. */
package io.gemoclap.cli.export;
