/**
 * Splits of a corpus into training, development and test parts, proven not to leak. Imports {@code
 * corpus}.
 */
package io.gemoclap.training.folds;
