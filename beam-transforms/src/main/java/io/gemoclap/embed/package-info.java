/**
 * Features in, unit vectors out, in batches that fit the device. Imports {@code audio}, {@code
 * features}, {@code model}, {@code bundle}, {@code live}, {@code failure}.
 */
@NullMarked
package io.gemoclap.embed;

import org.jspecify.annotations.NullMarked;
