/** Pages of HTML that are one file and need no network. */
package io.gemoclap.html;
