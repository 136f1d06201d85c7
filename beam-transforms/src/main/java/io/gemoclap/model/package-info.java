/**
 * The GEmo-CLAP model: two towers in one space, the bundle they are kept in, and one copy of each
 * in a JVM.
 *
 * <p>The only package of this module that uses DJL. Imports no Beam, and of the library only the
 * nouns of {@code features}. Opens local folders only; {@code embed} and {@code score} fetch
 * bundles.
 */
package io.gemoclap.model;
