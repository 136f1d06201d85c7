/** How good a model is: recalls, confusion, calibration. */
package io.gemoclap.training.evaluate;
