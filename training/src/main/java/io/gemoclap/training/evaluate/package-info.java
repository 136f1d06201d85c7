/** How good a model is, in pure numbers: recalls, confusion, calibration, intervals, tests. */
package io.gemoclap.training.evaluate;
