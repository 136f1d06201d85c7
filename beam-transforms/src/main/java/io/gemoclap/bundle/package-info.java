/**
 * The one home of model bundles on a worker: which bundle a URI means, pinned by its id, and how
 * its files are fetched, kept and verified.
 */
@NullMarked
package io.gemoclap.bundle;

import org.jspecify.annotations.NullMarked;
