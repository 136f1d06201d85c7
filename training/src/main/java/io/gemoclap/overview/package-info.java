/** The results of an archive as a whole: figures that Beam computes, and a page that shows them. */
package io.gemoclap.overview;
