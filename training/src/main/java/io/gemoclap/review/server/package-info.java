/** The local web server of {@code gemoclap review}: who may ask, what is answered, and the page. */
package io.gemoclap.review.server;
