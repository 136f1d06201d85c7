package io.gemoclap.audio.ffmpeg;

import io.gemoclap.audio.container.Magic;
import io.gemoclap.audio.pcm.Deadline;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * A recording that FFmpeg has open: its container, its audio streams and their packets. Every
 * native object is released once, in {@link #close}. For one thread.
 */
final class FfmpegInput implements AutoCloseable {
  private static final int IO_BUFFER = 1 << 16;
  private static final int EAGAIN = -11;
  private static final Set<String> MPEG_AUDIO = Set.of("mp3", "aac");
  private static final int MOST_PACKETS = 1_000;
  private static final long MOST_BYTES = 1 << 20;

  private final EncodedInput input;
  private final boolean seekable;
  private final long id;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final List<Integer> audioStreams = new ArrayList<>();

  /** JavaCPP's null pointer while no recording is open. */
  private AVFormatContext format = new AVFormatContext(null);

  private @Nullable AVIOContext io;
  private int foundStreams;
  private boolean brokenOff;
  private boolean laterAudio;
  private String lastHint = "";
  private Optional<String> lastDemuxer = Optional.empty();

  /** First timestamp of any picture in seconds; NaN if there is none. */
  private double videoStart = Double.NaN;

  /**
   * Opens a recording.
   *
   * @param seekable whether FFmpeg may read at any place, or from the start to the end only
   * @throws DecodeException UNSUPPORTED if the format is not known, CORRUPT if its header is
   *     damaged, NO_AUDIO without any audio stream
   */
  FfmpegInput(
      SeekableByteChannel channel, boolean seekable, Deadline deadline, Magic magic, String suffix)
      throws DecodeException, IOException {
    this.input = new EncodedInput(channel, deadline);
    this.seekable = seekable;
    this.id = FfmpegLibrary.register(input);
    try {
      open(magic, suffix);
    } catch (DecodeException | IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void open(Magic magic, String suffix) throws DecodeException, IOException {
    // What the content leaves no doubt about is not guessed. Otherwise FFmpeg looks, then the
    // suffix
    // may help, then what the magic says.
    int status = open("", magic.demuxer());
    if (status < 0 && magic.demuxer().isEmpty() && !suffix.isEmpty()) {
      status = open("recording." + suffix, Optional.empty());
    }
    if (magic == Magic.MPEG_AUDIO && (status < 0 || !isMpegAudio())) {
      status = open("", Optional.of("mp3"));
    }
    if (status >= 0 && seekable && mayHaveVideo()) {
      videoStart = findVideoStart();
      status = open(lastHint, lastDemuxer);
    }
    input.check();
    if (status < 0) {
      throw magic == Magic.UNKNOWN
          ? DecodeException.unknownFormat()
          : new DecodeException(
              FailureKind.CORRUPT,
              "The file begins like %s, but its header is damaged.".formatted(magic.title()));
    }
    findStreams();
    input.check();
    if (audioStreams.isEmpty()) {
      // The suffix alone can make FFmpeg take anything for a recording.
      throw magic == Magic.UNKNOWN
          ? DecodeException.unknownFormat()
          : new DecodeException(
              FailureKind.NO_AUDIO,
              "The file is %s, but has no audio stream.".formatted(magic.title()));
    }
  }

  private int open(String hint, Optional<String> demuxer) {
    lastHint = hint;
    lastDemuxer = demuxer;
    closeInput();
    input.seek(0, 0);
    BytePointer buffer = new BytePointer(avutil.av_malloc(IO_BUFFER)).capacity(IO_BUFFER);
    io =
        avformat.avio_alloc_context(
            buffer,
            IO_BUFFER,
            0,
            FfmpegLibrary.ticket(id),
            FfmpegLibrary.read(),
            null,
            seekable ? FfmpegLibrary.seek() : null);
    AVFormatContext context = avformat.avformat_alloc_context();
    context.pb(io);
    context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_CUSTOM_IO);
    AVDictionary options = new AVDictionary(null);
    avutil.av_dict_set(options, "format_whitelist", String.join(",", FfmpegFormats.CONTAINERS), 0);
    avutil.av_dict_set(options, "codec_whitelist", String.join(",", FfmpegFormats.CODECS), 0);
    avutil.av_dict_set(options, "protocol_whitelist", "none", 0);
    avutil.av_dict_set(options, "probesize", "1048576", 0);
    avutil.av_dict_set(options, "analyzeduration", "5000000", 0);
    avutil.av_dict_set(options, "max_streams", "32", 0);
    int status =
        avformat.avformat_open_input(
            context, hint, demuxer.map(avformat::av_find_input_format).orElse(null), options);
    avutil.av_dict_free(options);
    // On failure FFmpeg has freed the context already.
    format = status < 0 ? new AVFormatContext(null) : context;
    return status;
  }

  private boolean mayHaveVideo() {
    boolean found = (format.ctx_flags() & avformat.AVFMTCTX_NOHEADER) != 0;
    for (int i = 0; i < format.nb_streams(); i++) {
      found |= isVideo(i);
    }
    return found;
  }

  /** Looks at the first packets without parsing them, as parsers of video are not needed else. */
  private double findVideoStart() {
    format.flags(format.flags() | AVFormatContext.AVFMT_FLAG_NOPARSE);
    double start = Double.NaN;
    long bytes = 0;
    int status = 0;
    for (int i = 0; i < MOST_PACKETS && bytes < MOST_BYTES && status >= 0; i++) {
      status = avformat.av_read_frame(format, packet);
      boolean stamped = packet.pts() != avutil.AV_NOPTS_VALUE;
      long time = stamped ? packet.pts() : packet.dts();
      if (status >= 0 && isVideo(packet.stream_index()) && time != avutil.AV_NOPTS_VALUE) {
        AVStream stream = format.streams(packet.stream_index());
        double seconds = (double) time * stream.time_base().num() / stream.time_base().den();
        start = Double.isNaN(start) ? seconds : Math.min(start, seconds);
      }
      bytes += packet.size();
      avcodec.av_packet_unref(packet);
    }
    return start;
  }

  private boolean isVideo(int index) {
    AVStream stream = format.streams(index);
    boolean picture = (stream.disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) != 0;
    return stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO && !picture;
  }

  private void findStreams() {
    for (int i = 0; i < format.nb_streams(); i++) {
      if (!isAudio(i)) {
        format.streams(i).discard(avcodec.AVDISCARD_ALL);
      }
    }
    avformat.avformat_find_stream_info(format, (AVDictionary) null);
    foundStreams = format.nb_streams();
    for (int i = 0; i < foundStreams; i++) {
      if (isAudio(i)) {
        audioStreams.add(i);
      }
    }
  }

  private boolean isAudio(int index) {
    return format.streams(index).codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO;
  }

  /** Indices of the audio streams, in the order of the file; at least one. */
  List<Integer> audioStreams() {
    return audioStreams;
  }

  AVStream stream(int index) {
    return format.streams(index);
  }

  /** Leaves out all packets but those of some streams. */
  void keep(Set<Integer> indices) {
    for (int i = 0; i < format.nb_streams(); i++) {
      if (!indices.contains(i)) {
        format.streams(i).discard(avcodec.AVDISCARD_ALL);
      }
    }
  }

  /** Whether FFmpeg takes the recording for what begins with the sync word of MPEG audio. */
  private boolean isMpegAudio() {
    return MPEG_AUDIO.contains(container());
  }

  /** Name of the container as FFmpeg calls it. */
  String container() {
    return format.iformat().name().getString();
  }

  /** Whether timestamps of this container may jump without a gap in the media. */
  boolean discontinuous() {
    return (format.iformat().flags() & avformat.AVFMT_TS_DISCONT) != 0;
  }

  /**
   * The earliest timestamp of sound or picture in seconds, from which media time is counted; NaN if
   * there are no timestamps.
   */
  double startSeconds() {
    if (format.start_time() == avutil.AV_NOPTS_VALUE) {
      return Double.NaN;
    }
    double start = format.start_time() / 1e6;
    return Double.isNaN(videoStart) ? start : Math.min(start, videoStart);
  }

  /**
   * Media time at which a stream should end, in seconds; NaN if no header says so, or FFmpeg
   * computed it.
   */
  double declaredEnd(int index) {
    if (format.duration_estimation_method() != avformat.AVFMT_DURATION_FROM_STREAM) {
      return Double.NaN;
    }
    AVStream stream = format.streams(index);
    if (stream.duration() != avutil.AV_NOPTS_VALUE && stream.duration() > 0) {
      double unit = (double) stream.time_base().num() / stream.time_base().den();
      double late = stream.start_time() * unit - startSeconds();
      boolean known = stream.start_time() != avutil.AV_NOPTS_VALUE && late > 0;
      return stream.duration() * unit + (known ? late : 0);
    }
    boolean alone = format.nb_streams() == 1;
    return alone && format.duration() > 0 ? format.duration() / 1e6 : Double.NaN;
  }

  /** Reads a packet, which is valid until the next call; false if there is none any more. */
  boolean next() throws DecodeException, IOException {
    int status = EAGAIN;
    while (status == EAGAIN) {
      avcodec.av_packet_unref(packet);
      input.check();
      status = avformat.av_read_frame(format, packet);
    }
    if (status < 0) {
      input.check();
      brokenOff = status != avutil.AVERROR_EOF;
      return false;
    }
    laterAudio |= packet.stream_index() >= foundStreams && isAudio(packet.stream_index());
    return true;
  }

  /** Whether there were packets of an audio stream that did not show at the start of the file. */
  boolean laterAudio() {
    return laterAudio;
  }

  /** Whether reading ended before the end of the file. */
  boolean brokenOff() {
    return brokenOff;
  }

  AVPacket packet() {
    return packet;
  }

  /** Whether the packet that was read belongs to a stream. */
  boolean packetIsOf(int index) {
    return packet.stream_index() == index;
  }

  private void closeInput() {
    if (!format.isNull()) {
      avformat.avformat_close_input(format);
      format = new AVFormatContext(null);
    }
    if (io != null) {
      // FFmpeg may have replaced the buffer, so it is asked which one to free.
      avutil.av_free(io.buffer());
      avformat.avio_context_free(io);
      io = null;
    }
  }

  @Override
  public void close() {
    FfmpegLibrary.unregister(id);
    closeInput();
    avcodec.av_packet_free(packet);
  }
}
