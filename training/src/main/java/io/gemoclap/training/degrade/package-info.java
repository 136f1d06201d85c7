/**
 * What happens to recordings on their way: rooms, background sounds, microphones, codecs. Degrades
 * decoded samples, before features are computed.
 */
package io.gemoclap.training.degrade;
