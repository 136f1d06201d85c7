/** Features in, unit vectors out, in batches that fit the device. */
@NullMarked
package io.gemoclap.embed;

import org.jspecify.annotations.NullMarked;
