/**
 * Beam's schema transforms of our stages, for Beam YAML, Python and other languages: rows in, rows
 * and failures out.
 */
@NullMarked
package io.gemoclap.providers;

import org.jspecify.annotations.NullMarked;
