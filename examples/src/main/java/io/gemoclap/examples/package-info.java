/**
 * The library by examples, one idea a file, in the order to read them.
 *
 * <p>Each has a {@code buildPipeline} apart from its {@code main}, and is run by a test. They use
 * the public API alone.
 */
package io.gemoclap.examples;
