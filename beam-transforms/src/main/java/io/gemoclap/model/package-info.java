/**
 * The GEmo-CLAP model: two towers that embed speech and text into one space, and the bundle that
 * stores them.
 *
 * <p>Opens local folders only; {@code bundle} fetches and verifies bundles. This package and the
 * packages below it use no Beam.
 */
@NullMarked
package io.gemoclap.model;

import org.jspecify.annotations.NullMarked;
