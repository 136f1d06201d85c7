/** Splits of a corpus that leak no speaker. Imports {@code corpus}. */
package io.gemoclap.training.folds;
