/**
 * Features in, unit vectors out, in batches that fit the device; and how bundles reach a worker.
 * Imports {@code audio}, {@code features}, {@code model}, {@code live}, {@code failure}.
 */
package io.gemoclap.embed;
