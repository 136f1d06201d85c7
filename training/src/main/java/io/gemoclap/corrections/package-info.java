/** What people say that segments are: files of answers, their merge, and how far people agree. */
package io.gemoclap.corrections;
