/**
 * Features of a corpus, computed once and kept in shards on any Beam file system. Imports {@code
 * corpus}, {@code augment} and {@code fit}'s stream of examples.
 */
package io.gemoclap.training.prepare;
