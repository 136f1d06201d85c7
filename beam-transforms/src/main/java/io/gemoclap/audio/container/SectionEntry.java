package io.gemoclap.audio.container;

import java.io.Serializable;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Where a decoder starts to decode a section of a recording: it gets a file of its own, made of a
 * header and the recording's bytes from a position on.
 *
 * @param section number of the section, from 0
 * @param count number of sections of the recording
 * @param sample index of the first sample that the decoder gives, in each channel
 * @param position of the first byte in the recording
 * @param header what precedes this byte
 * @hidden
 */
@Internal
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SectionEntry(int section, int count, long sample, long position, byte[] header)
    implements Serializable {}
