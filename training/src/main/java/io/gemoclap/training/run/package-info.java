/**
 * Whole training runs: cross-validation, report, bundles. Imports every other stage of training.
 */
package io.gemoclap.training.run;
