package io.gemoclap.embed;

import java.io.Serializable;

/**
 * A model that a running job may use: it was loaded once and answered well.
 *
 * @param bundle URI of its bundle
 * @param id the bundle's id when it was tried
 */
public record ModelVersion(String bundle, String id) implements Serializable {}
