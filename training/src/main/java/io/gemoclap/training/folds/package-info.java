/** Splits of a corpus into training, development and test parts, proven not to leak. */
package io.gemoclap.training.folds;
