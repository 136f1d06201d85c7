/** Features of a corpus: computed once and kept in shards on any Beam file system. */
package io.gemoclap.training.prepare;
