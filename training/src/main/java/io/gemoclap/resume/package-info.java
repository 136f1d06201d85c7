/** Decides whether a folder that a job or a run was begun in may be continued. */
package io.gemoclap.resume;
