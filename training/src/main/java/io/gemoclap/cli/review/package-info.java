/** {@code gemoclap review}. */
package io.gemoclap.cli.review;
