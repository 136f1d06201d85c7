/** Whole training runs: cross-validation, report, bundles. */
package io.gemoclap.training.run;
